package io.github.bellhop.sync.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges JDBC URLs before a driver sees them: drivers print what they cannot parse, and it may hold a password. */
final class DatabaseUrl {
    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    private DatabaseUrl() {}

    /**
     * The dialect of a URL that a database can be opened with.
     *
     * @throws UnsupportedDatabaseException when there is none
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
                        ? "The database URL has no jdbc: prefix."
                        : "No database '" + scheme + "' is supported.");
    }

    private static void requireFile(String name) {
        String file = name.startsWith("file:") ? name.substring("file:".length()) : name;
        // What begins with a colon is a name of the driver's own: a database in memory or a copy of a resource.
        if (file.isBlank() || file.startsWith("?") || file.startsWith(":") || name.contains("mode=memory")) {
            throw new UnsupportedDatabaseException("The SQLite URL names no file, so nothing would be kept.");
        }
    }

    private static void requirePlain(String url) {
        int parameters = url.indexOf('?');
        String place = parameters < 0 ? url : url.substring(0, parameters);
        if (place.indexOf('@') >= 0) {
            throw new UnsupportedDatabaseException("JDBC URLs hold no user and password before an @. Give them as"
                    + " bellhop.database.user and bellhop.database.password.");
        }
        try {
            // Of the parameters the driver takes any, but logs a whole URL with one that it cannot decode.
            String unused = URLDecoder.decode(url.substring(place.length()), StandardCharsets.UTF_8);
            new PGSimpleDataSource().setUrl(place);
        } catch (IllegalArgumentException malformed) {
            throw new UnsupportedDatabaseException("The PostgreSQL URL cannot be read.");
        }
    }
}
