package io.github.bellhop.sync.store;

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
        if (name.isBlank() || name.startsWith("?") || name.contains(":memory:") || name.contains("mode=memory")) {
            throw new UnsupportedDatabaseException("The SQLite URL names no file, so nothing would be kept.");
        }
    }

    private static void requirePlain(String url) {
        int parameters = url.indexOf('?');
        if (url.lastIndexOf('@', parameters < 0 ? url.length() : parameters) >= 0) {
            throw new UnsupportedDatabaseException("JDBC URLs hold no user and password before an @. Give them as"
                    + " BELLHOP_DATABASE_USER and BELLHOP_DATABASE_PASSWORD.");
        }
        try {
            new PGSimpleDataSource().setUrl(url);
        } catch (IllegalArgumentException malformed) {
            throw new UnsupportedDatabaseException("The PostgreSQL URL cannot be read.");
        }
    }
}
