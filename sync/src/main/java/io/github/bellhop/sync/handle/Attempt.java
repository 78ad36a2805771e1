package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run as its handler sees it. The connection that it shows is the run's: only the run ends its transaction, and it is
 * of no use once the handler has returned or was cut off. Thread-safe.
 */
final class Attempt implements HandlerRun {
    private static final Set<String> OF_THE_RUN = Set.of("commit", "abort", "setAutoCommit", "setTransactionIsolation");

    private final RunRow run;
    private final Connection connection;
    private final Connection seen;
    private volatile boolean over;

    Attempt(RunRow run, Connection connection) {
        this.run = run;
        this.connection = connection;
        seen = (Connection) Proxy.newProxyInstance(
                Attempt.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    @Override
    public String messageId() {
        return run.messageId();
    }

    @Override
    public String handler() {
        return run.handler();
    }

    @Override
    public int attempt() {
        return run.attempts() + 1;
    }

    @Override
    public boolean stale() {
        return Boolean.TRUE.equals(run.stale());
    }

    @Override
    public boolean replay() {
        return run.replay();
    }

    @Override
    public Instant receivedAt() {
        return Instant.ofEpochMilli(run.receivedAt());
    }

    @Override
    public Connection connection() throws SQLException {
        requireUnderWay();
        return seen;
    }

    private void requireUnderWay() throws SQLException {
        if (over) {
            throw new SQLException("The run of the handler is over; its connection is of no use any more.");
        }
    }

    /** Ends the handler's use of the connection. */
    void end() {
        over = true;
    }

    /** Ends the handler's use of the connection and breaks it. */
    void abort(Database database, BooleanSupplier isBack) throws SQLException {
        end();
        database.abort(connection, isBack);
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("close")) {
            return null;
        }
        if (name.equals("isClosed") && over) {
            return true;
        }
        boolean wholeRollback = name.equals("rollback") && method.getParameterCount() == 0;
        if (wholeRollback || OF_THE_RUN.contains(name)) {
            throw new SQLException("The run's transaction ends with the run: return an outcome or throw.");
        }
        if (method.getDeclaringClass() != Object.class) {
            requireUnderWay();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException fault) {
            throw fault.getCause() == null ? fault : fault.getCause();
        }
    }

    @Override
    public String toString() {
        return "HandlerRun[" + run.handler() + ", " + run.messageId() + ", attempt " + attempt() + "]";
    }
}
