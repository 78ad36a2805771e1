package io.github.bellhop.sync.store;

import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url      the JDBC URL
 * @param user     who connects; null for SQLite or when the URL says it
 * @param password the password; never printed
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable String password) {
    /** The URL up to where parameters could stand; of one that may hold a password elsewhere only the kind. */
    @Override
    public String toString() {
        if (url.indexOf('@') >= 0) {
            return url.startsWith(DatabaseUrl.POSTGRESQL) ? DatabaseUrl.POSTGRESQL + "..." : "...";
        }
        return url.replaceFirst("(?s)[?;].*", "");
    }
}
