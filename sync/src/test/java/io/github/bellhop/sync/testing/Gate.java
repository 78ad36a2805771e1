package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Runs an action before a database hands out a connection. The action may throw. */
public final class Gate {
    private volatile Callable<?> action = () -> null;

    /** Returns the database behind this gate. */
    public Database before(Database database) {
        DataSource source = database.dataSource();
        DataSource gated = (DataSource) Proxy.newProxyInstance(
                Gate.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        action.call();
                    }
                    try {
                        return method.invoke(source, arguments);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
        return Database.of(gated, database.dialect());
    }

    /** Sets the action. */
    public void set(Callable<?> changed) {
        action = changed;
    }
}
