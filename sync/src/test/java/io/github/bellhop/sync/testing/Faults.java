package io.github.bellhop.sync.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A data source whose statements and commits fail at seeded points, as if the process or the database had crashed. */
public final class Faults {
    private static final Set<String> STEPS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit");

    private final DataSource source;
    private Random random = new Random(0);
    private int oneIn;
    private int count;

    private Faults(DataSource source) {
        this.source = source;
    }

    /** Wraps a data source. Nothing fails until {@link #oneIn} is called. */
    public static Faults around(DataSource source) {
        return new Faults(source);
    }

    /** Makes one step in this many fail from now on; 0 for none. */
    public void oneIn(int steps, Random seeded) {
        oneIn = steps;
        random = seeded;
    }

    /** Returns the number of failed steps. */
    public int count() {
        return count;
    }

    /** Returns the failing data source. */
    public DataSource dataSource() {
        return proxy(DataSource.class, source);
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments)));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        boolean fails = oneIn > 0 && STEPS.contains(method.getName()) && random.nextInt(oneIn) == 0;
        if (fails) {
            count++;
            if (method.getName().equals("commit") && random.nextBoolean()) {
                // Commits, but reports a failure.
                ((Connection) target).commit();
            }
            throw fault();
        }
        try {
            Object result = method.invoke(target, arguments);
            if (result instanceof Connection && !method.getName().equals("unwrap")) {
                return proxy(Connection.class, result);
            }
            return result instanceof PreparedStatement ? proxy(PreparedStatement.class, result) : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /**
     * Returns one of three faults: the connection is lost, the statement conflicts with another one, or the statement
     * fails.
     */
    private SQLException fault() {
        return switch (random.nextInt(3)) {
            case 0 -> new SQLException("test fault: connection lost", "08006");
            case 1 -> new SQLException("test fault: conflict", "40001");
            default ->
                new SQLiteException("test fault: failed", SQLiteErrorCode.SQLITE_ERROR) {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getSQLState() {
                        return "XX000";
                    }
                };
        };
    }
}
