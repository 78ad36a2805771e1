package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Extends the driver timeout of a connection, so that the server's limits, rather than the driver's, end work that
 * takes too long.
 *
 * @hidden
 */
public final class LongWork implements AutoCloseable {
    private final Connection connection;
    private int previousMillis;

    private LongWork(Connection connection, int previousMillis) {
        this.connection = connection;
        this.previousMillis = previousMillis;
    }

    static LongWork on(Connection connection, Limits limits) throws SQLException {
        int previousMillis = connection.getNetworkTimeout();
        long wantedMillis = Math.min(Integer.MAX_VALUE, limits.driver().toMillis());
        boolean extend = previousMillis > 0 && previousMillis < wantedMillis;
        if (extend) {
            connection.setNetworkTimeout(Runnable::run, (int) wantedMillis);
        }
        return new LongWork(connection, extend ? previousMillis : 0);
    }

    /** Restores the driver's timeout. Further calls have no effect. */
    @Override
    public void close() {
        if (previousMillis > 0) {
            try {
                connection.setNetworkTimeout(Runnable::run, previousMillis);
            } catch (SQLException ignored) {
                // The connection is broken; the pool detects this and closes it.
            }
            previousMillis = 0;
        }
    }
}
