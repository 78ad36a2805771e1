package io.github.bellhop.sync.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Checks JDBC URLs before they are passed to a driver. Drivers print URLs that they cannot parse, and such URLs may
 * contain a password.
 */
final class DatabaseUrl {
    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    private DatabaseUrl() {}

    /**
     * Returns the dialect of a URL.
     *
     * @throws UnsupportedDatabaseException if the URL is not valid or its database is not supported
     */
    static Dialect dialect(String url) {
        if (url.startsWith(SQLITE)) {
            requireFile(url.substring(SQLITE.length()));
            return new SqliteDialect();
        }
        if (url.startsWith(POSTGRESQL)) {
            requirePlain(url);
            return new PostgresDialect();
        }
        String scheme = url.replaceFirst("(?s)^(jdbc:[a-zA-Z0-9]{1,20}:|[a-zA-Z0-9]{1,20}:)?.*$", "$1");
        throw new UnsupportedDatabaseException(
                scheme.isEmpty()
                        ? "The database URL does not begin with jdbc:."
                        : "Databases of the type '" + scheme + "' are not supported.");
    }

    private static void requireFile(String name) {
        String file = name.startsWith("file:") ? name.substring("file:".length()) : name;
        // To the driver, a name that begins with a colon means a database in memory or a copy of a resource.
        if (file.isBlank() || file.startsWith("?") || file.startsWith(":") || name.contains("mode=memory")) {
            throw new UnsupportedDatabaseException("The SQLite URL contains no file name, so no data would be kept.");
        }
    }

    private static void requirePlain(String url) {
        int parameters = url.indexOf('?');
        String location = parameters < 0 ? url : url.substring(0, parameters);
        if (location.indexOf('@') >= 0) {
            throw new UnsupportedDatabaseException("The PostgreSQL URL contains a user or password before an @. Set"
                    + " bellhop.database.user and bellhop.database.password instead.");
        }
        try {
            // The driver accepts all parameters, but logs the whole URL if it cannot decode one of them.
            String unused = URLDecoder.decode(url.substring(location.length()), StandardCharsets.UTF_8);
            new PGSimpleDataSource().setUrl(location);
        } catch (IllegalArgumentException malformed) {
            throw new UnsupportedDatabaseException("The PostgreSQL URL is not valid.");
        }
    }
}
