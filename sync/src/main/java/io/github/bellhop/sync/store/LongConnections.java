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
 * The connections of a migration. The driver's timeout is longer than the server's timeouts, and running statements can
 * be cancelled. Thread-safe.
 */
final class LongConnections {
    /**
     * The statement with which Flyway sets the schema. Behind a pooler, the setting would outlive its transaction, in a
     * session that other clients use.
     */
    private static final String SET_FOR_SESSION = "SELECT set_config('search_path', ?, false)";

    private static final String SET_FOR_TRANSACTION = "select set_config('search_path', ?, true)";

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /** Returns a source of connections to this database for long work. */
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
        LongWork timeout = LongWork.on(connection, Limits.MIGRATION);
        boolean pooled = server != null && server.isPooled();
        open.add(connection);
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                open.remove(connection);
                timeout.close();
            } else if (pooled && method.getName().equals("prepareStatement") && SET_FOR_SESSION.equals(arguments[0])) {
                arguments[0] = SET_FOR_TRANSACTION;
            }
            return method.invoke(connection, arguments);
        });
    }

    /** Cancels all running statements at the server. */
    void cancel() {
        for (Connection connection : open) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException ignored) {
                // The statement ends when its own timeout expires.
            }
        }
    }

    /** Handles a call on a proxy. */
    interface Call {
        @Nullable
        Object on(Method method, @Nullable Object[] arguments) throws Exception;
    }

    /** Creates a proxy for a connection or a source of connections. */
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
