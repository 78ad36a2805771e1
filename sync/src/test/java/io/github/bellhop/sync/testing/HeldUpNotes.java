package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Holds up whoever is about to note that a handler's run failed, until it is let go. */
public final class HeldUpNotes {
    private static final String NOTE = "update bellhop_handler_runs set attempts";

    private final CountDownLatch noting = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** The same database, whose notes are held up. */
    public Database before(Database database) {
        return Database.of(proxy(DataSource.class, database.dataSource()), database.dialect());
    }

    /** Waits until a failure is about to be noted. */
    public void awaitNote() throws InterruptedException {
        noting.await();
    }

    /** Lets all go. */
    public void release() {
        released.countDown();
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> call(target, method, given)));
    }

    private Object call(Object target, Method method, Object[] given) throws Throwable {
        if (method.getName().equals("prepareStatement") && ((String) given[0]).startsWith(NOTE)) {
            noting.countDown();
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
