package io.github.bellhop.sync.store;

import io.github.bellhop.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The location of the database and the credentials.
 *
 * @param url      the JDBC URL
 * @param user     the database user; null for SQLite, or if the URL contains the user
 * @param password the password, which is never printed; null for no password
 * @param schema   the schema of the tables on PostgreSQL; null for the connection's default schema
 */
public record DatabaseSettings(
        String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String schema) {
    private static final String SCHEMA = "bellhop.database.schema";

    /**
     * Checks that the schema name needs no quotes.
     *
     * @throws InvalidSettingException if the name needs quotes, or the database has no schemas
     */
    public DatabaseSettings {
        if (schema != null && url.startsWith(DatabaseUrl.SQLITE)) {
            throw new InvalidSettingException(
                    SCHEMA,
                    "is set, but SQLite has no schemas",
                    "Leave it empty, or set bellhop.database.url to a PostgreSQL URL.");
        }
        InvalidSettingException.require(
                schema == null || isSchemaName(schema),
                SCHEMA,
                "a plain name: lowercase letters, digits and underscores, not beginning with a digit or pg_");
    }

    /** Creates settings for tables in the connection's default schema. */
    public DatabaseSettings(String url, @Nullable String user, @Nullable String password) {
        this(url, user, password, null);
    }

    /**
     * Returns whether a schema name is valid. It may contain lowercase letters, digits and underscores. The prefix pg_
     * is reserved for PostgreSQL.
     */
    public static boolean isSchemaName(String name) {
        return name.matches("(?!pg_)[a-z_][a-z0-9_]{0,62}");
    }

    /**
     * Returns the URL without its parameters. Returns only the scheme if the URL contains an @, because a password may
     * precede it.
     */
    @Override
    public String toString() {
        if (url.indexOf('@') >= 0) {
            return url.startsWith(DatabaseUrl.POSTGRESQL) ? DatabaseUrl.POSTGRESQL + "..." : "...";
        }
        return url.replaceFirst("(?s)[?;].*", "");
    }
}
