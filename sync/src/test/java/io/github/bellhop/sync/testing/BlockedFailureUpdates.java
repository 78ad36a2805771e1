package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Blocks threads that are about to record a failed handler run, until they are released. */
public final class BlockedFailureUpdates {
    private static final String UPDATE = "update bellhop_handler_runs set attempts";

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Returns the database with blocked updates. */
    public Database before(Database database) {
        return Database.of(proxy(DataSource.class, database.dataSource()), database.dialect());
    }

    /** Waits until a thread is about to record a failure. */
    public void awaitUpdate() throws InterruptedException {
        blocked.await();
    }

    /** Releases all blocked threads. */
    public void release() {
        released.countDown();
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> call(target, method, given)));
    }

    private Object call(Object target, Method method, Object[] given) throws Throwable {
        if (method.getName().equals("prepareStatement") && ((String) given[0]).startsWith(UPDATE)) {
            blocked.countDown();
            released.await();
        }
        try {
            Object result = method.invoke(target, given);
            return method.getName().equals("getConnection") ? proxy(Connection.class, result) : result;
        } catch (InvocationTargetException fault) {
            throw fault.getCause();
        }
    }
}
