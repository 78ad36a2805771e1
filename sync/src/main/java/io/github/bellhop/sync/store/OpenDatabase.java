package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A database and the connection pool that was opened for it.
 *
 * @param database the database
 * @param pool     the pool, which is closed by {@link #close}
 */
public record OpenDatabase(Database database, HikariDataSource pool) implements AutoCloseable {
    /** Closes all connections. */
    @Override
    public void close() {
        pool.close();
    }
}
