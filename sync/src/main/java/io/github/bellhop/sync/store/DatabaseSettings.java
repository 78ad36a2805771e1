package io.github.bellhop.sync.store;

import io.github.bellhop.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url      the JDBC URL
 * @param user     who connects; null for SQLite or when the URL says it
 * @param password the password; never printed
 * @param schema   the schema that holds the tables, on PostgreSQL; null for the connection's own
 */
public record DatabaseSettings(
        String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String schema) {
    private static final String SCHEMA = "bellhop.database.schema";

    /**
     * Refuses the name of a schema that would have to be quoted.
     *
     * @throws InvalidSettingException when it would
     */
    public DatabaseSettings {
        if (schema != null && url.startsWith(DatabaseUrl.SQLITE)) {
            throw new InvalidSettingException(
                    SCHEMA,
                    "is set, but SQLite has no schemas",
                    "Leave it empty, or set bellhop.database.url to a PostgreSQL.");
        }
        InvalidSettingException.require(
                schema == null || isSchemaName(schema),
                SCHEMA,
                "a plain name: small letters, digits and underscores, not beginning with a digit or pg_");
    }

    /** A database whose tables are in the connection's own schema. */
    public DatabaseSettings(String url, @Nullable String user, @Nullable String password) {
        this(url, user, password, null);
    }

    /** Whether a schema can have this name: small letters, digits and underscores; PostgreSQL's own begin with pg_. */
    public static boolean isSchemaName(String name) {
        return name.matches("(?!pg_)[a-z_][a-z0-9_]{0,62}");
    }

    /** The URL up to where parameters could stand; of one that may hold a password elsewhere only the kind. */
    @Override
    public String toString() {
        if (url.indexOf('@') >= 0) {
            return url.startsWith(DatabaseUrl.POSTGRESQL) ? DatabaseUrl.POSTGRESQL + "..." : "...";
        }
        return url.replaceFirst("(?s)[?;].*", "");
    }
}
