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
 * One attempt of a run, as passed to the handler. It wraps the run's connection: the handler cannot end the
 * transaction, and the connection is unusable after the handler has returned or the attempt has been aborted.
 * Thread-safe.
 */
final class Attempt implements HandlerRun {
    private static final Set<String> FORBIDDEN = Set.of("commit", "abort", "setAutoCommit", "setTransactionIsolation");

    private final RunRow run;
    private final Connection connection;
    private final Connection wrapped;
    private volatile boolean over;

    Attempt(RunRow run, Connection connection) {
        this.run = run;
        this.connection = connection;
        wrapped = (Connection) Proxy.newProxyInstance(
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
        requireActive();
        return wrapped;
    }

    private void requireActive() throws SQLException {
        if (over) {
            throw new SQLException("The attempt is over, so its connection can no longer be used.");
        }
    }

    /** Makes the connection unusable for the handler. */
    void end() {
        over = true;
    }

    /** Makes the connection unusable for the handler and aborts it. */
    void abort(Database database, BooleanSupplier hasReturned) throws SQLException {
        end();
        database.abort(connection, hasReturned);
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("close")) {
            return null;
        }
        if (name.equals("isClosed") && over) {
            return true;
        }
        boolean fullRollback = name.equals("rollback") && method.getParameterCount() == 0;
        if (fullRollback || FORBIDDEN.contains(name)) {
            throw new SQLException("A handler cannot end the run's transaction. Return an outcome or throw.");
        }
        if (method.getDeclaringClass() != Object.class) {
            requireActive();
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
