package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection on which the driver waits for longer than usual, so that the server's own limits end long work first.
 *
 * @hidden
 */
public final class LongWork implements AutoCloseable {
    private final Connection connection;
    private int before;

    private LongWork(Connection connection, int before) {
        this.connection = connection;
        this.before = before;
    }

    static LongWork on(Connection connection, Limits limits) throws SQLException {
        int before = connection.getNetworkTimeout();
        long wanted = Math.min(Integer.MAX_VALUE, limits.driver().toMillis());
        boolean longer = before > 0 && before < wanted;
        if (longer) {
            connection.setNetworkTimeout(Runnable::run, (int) wanted);
        }
        return new LongWork(connection, longer ? before : 0);
    }

    /** Puts the driver's timeout back. A second call has no effect. */
    @Override
    public void close() {
        if (before > 0) {
            try {
                connection.setNetworkTimeout(Runnable::run, before);
            } catch (SQLException broken) {
                // The connection is broken; the pool notices and drops it.
            }
            before = 0;
        }
    }
}
