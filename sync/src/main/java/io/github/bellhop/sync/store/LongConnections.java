package io.github.bellhop.sync.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The connections of a migration: the driver waits on them for as long as the server works, and what is under way can be
 * cancelled. Thread-safe.
 */
final class LongConnections {
    /** How a migration looks for its tables. It would outlive its transaction, in a session that others get. */
    private static final String FOR_THE_SESSION = "SELECT set_config('search_path', ?, false)";

    private static final String FOR_THE_TRANSACTION = "select set_config('search_path', ?, true)";

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /** The same connections for long work. */
    DataSource of(Database database) {
        PostgresConnections server = database.server();
        DataSource source = server == null ? database.dataSource() : server;
        if (!(database.dialect() instanceof PostgresDialect)) {
            return source;
        }
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(source, arguments);
            return method.getName().equals("getConnection") ? opened((Connection) result, server) : result;
        });
    }

    private Connection opened(Connection connection, @Nullable PostgresConnections server) throws SQLException {
        LongWork patience = LongWork.on(connection, Limits.MIGRATION);
        boolean pooled = server != null && server.isPooled();
        open.add(connection);
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                open.remove(connection);
                patience.close();
            } else if (pooled && method.getName().equals("prepareStatement") && FOR_THE_SESSION.equals(arguments[0])) {
                arguments[0] = FOR_THE_TRANSACTION;
            }
            return method.invoke(connection, arguments);
        });
    }

    /** Cancels at the server what is under way. */
    void cancel() {
        for (Connection connection : open) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException notReached) {
                // It ends by its own limit.
            }
        }
    }

    /** What is done instead of a call on what a proxy stands for. */
    interface Call {
        @Nullable
        Object on(Method method, @Nullable Object[] arguments) throws Exception;
    }

    /** Stands for a connection or a source of them. */
    static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                LongConnections.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
