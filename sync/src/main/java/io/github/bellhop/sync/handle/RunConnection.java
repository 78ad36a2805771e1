package io.github.bellhop.sync.handle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run's connection as its handler sees it: its transaction is ended by the run alone, and it is over with the run. */
final class RunConnection {
    private static final Set<String> OF_THE_RUN = Set.of("commit", "abort", "setAutoCommit", "setTransactionIsolation");

    private final Connection connection;
    private final Connection seen;
    private volatile boolean over;

    RunConnection(Connection connection) {
        this.connection = connection;
        seen = (Connection) Proxy.newProxyInstance(
                RunConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    Connection get() throws SQLException {
        if (over) {
            throw new SQLException("The run of the handler is over; its connection is of no use any more.");
        }
        return seen;
    }

    void end() {
        over = true;
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
        if (over && method.getDeclaringClass() != Object.class) {
            throw new SQLException("The run of the handler is over; its connection is of no use any more.");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException fault) {
            throw fault.getCause() == null ? fault : fault.getCause();
        }
    }
}
