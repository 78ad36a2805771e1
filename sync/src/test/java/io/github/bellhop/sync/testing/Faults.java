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

/** A data source whose statements and commits fail at seeded points, as if the process or the database had died. */
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

    /** Fails nothing until told to. */
    public static Faults around(DataSource source) {
        return new Faults(source);
    }

    /** From now on one step in so many fails, 0 for none. */
    public void oneIn(int steps, Random seeded) {
        oneIn = steps;
        random = seeded;
    }

    /** How many steps have failed. */
    public int count() {
        return count;
    }

    /** The data source that fails. */
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
                // Committed, but nobody hears of it.
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

    /** The connection is lost, or the statement fails, or it was in another's way. */
    private SQLException fault() {
        return switch (random.nextInt(3)) {
            case 0 -> new SQLException("a fault of the test: connection lost", "08006");
            case 1 -> new SQLException("a fault of the test: in the way", "40001");
            default ->
                new SQLiteException("a fault of the test: failed", SQLiteErrorCode.SQLITE_ERROR) {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getSQLState() {
                        return "XX000";
                    }
                };
        };
    }
}
