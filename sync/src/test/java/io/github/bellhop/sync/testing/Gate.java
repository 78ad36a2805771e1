package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Stands before a database's connections: what it does, and throws, happens before each is handed out. */
public final class Gate {
    private volatile Callable<?> toll = () -> null;

    /** The same database behind this gate. */
    public Database before(Database database) {
        DataSource behind = database.dataSource();
        DataSource gated = (DataSource) Proxy.newProxyInstance(
                Gate.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        toll.call();
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
        return Database.of(gated, database.dialect());
    }

    /** What happens from now on. */
    public void set(Callable<?> changed) {
        toll = changed;
    }
}
