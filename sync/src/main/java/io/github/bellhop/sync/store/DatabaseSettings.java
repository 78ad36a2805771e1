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
    /** The URL up to where credentials or parameters could stand. */
    @Override
    public String toString() {
        int end = url.indexOf('?');
        return (end < 0 ? url : url.substring(0, end)).replaceAll("//[^/@]*@", "//");
    }
}
