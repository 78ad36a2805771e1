package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A database together with the pool that was opened for it.
 *
 * @param database what to work with
 * @param pool     what to close in the end
 */
public record OpenDatabase(Database database, HikariDataSource pool) implements AutoCloseable {
    /** Closes every connection. */
    @Override
    public void close() {
        pool.close();
    }
}
