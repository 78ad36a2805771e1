package io.github.bellhop.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * A transaction's connection, lent to one read. Closing it returns it to the transaction and undoes a failed statement,
 * so that the transaction can continue.
 *
 * @param owner  the DataSource that the connection is bound to
 * @param before the savepoint that a failed statement is rolled back to; null if a failure affects nothing else
 */
record ReadingConnection(
        Connection connection, DataSource owner, @Nullable Savepoint before) implements InvocationHandler {
    static Connection of(Connection connection, DataSource owner, boolean guarded) throws SQLException {
        try {
            Savepoint before = guarded && !connection.getAutoCommit() ? connection.setSavepoint() : null;
            return (Connection) Proxy.newProxyInstance(
                    ReadingConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    new ReadingConnection(connection, owner, before));
        } catch (SQLException | RuntimeException fault) {
            DataSourceUtils.releaseConnection(connection, owner);
            throw fault;
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            close();
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException fault) {
            throw fault.getCause() == null ? fault : fault.getCause();
        }
    }

    private void close() throws SQLException {
        try {
            if (before != null) {
                release(before);
            }
        } finally {
            DataSourceUtils.releaseConnection(connection, owner);
        }
    }

    /** Releases the savepoint. If a statement failed, this is possible only after a rollback to the savepoint. */
    private void release(Savepoint savepoint) throws SQLException {
        try {
            connection.releaseSavepoint(savepoint);
        } catch (SQLException failed) {
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
        }
    }
}
