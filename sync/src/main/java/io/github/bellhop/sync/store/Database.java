package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database and its dialect. Safe for concurrent use. */
public final class Database {
    private final DataSource dataSource;
    private final Dialect dialect;
    private final @Nullable String schema;

    private Database(DataSource dataSource, Dialect dialect, @Nullable String schema) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.schema = schema;
    }

    /** A database whose dialect is known. */
    public static Database of(DataSource dataSource, Dialect dialect) {
        return new Database(dataSource, dialect, null);
    }

    /** The same with its tables in a schema, which its connections look at. */
    Database inSchema(@Nullable String name) {
        return new Database(dataSource, dialect, name);
    }

    /** The schema of the tables; null for the connections' own. */
    @Nullable
    String schema() {
        return schema;
    }

    /** What is asked of the database goes through its dialect. */
    public Dialect dialect() {
        return dialect;
    }

    /** Where connections come from. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Work inside one transaction.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work; what it throws rolls the transaction back. */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction and commits it.
     *
     * @throws StoreException when a statement, the commit or the connection failed; nothing of the work is kept then,
     *     except that after a connection lost during the commit it may be
     */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error fault) {
                rollBack(connection, fault);
                throw fault;
            } finally {
                restore(connection, autoCommit);
            }
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
    }

    /**
     * The same, done anew from its beginning as often as another transaction was in its way.
     *
     * @param attempts how often at most
     * @throws StoreException as without; of {@link StoreException.Kind#CONFLICT} only after the last attempt
     */
    public <T> T inTransaction(int attempts, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return inTransaction(work);
            } catch (StoreException fault) {
                if (fault.kind() != StoreException.Kind.CONFLICT || attempt >= attempts) {
                    throw fault;
                }
            }
        }
    }

    /** Runs reading work outside any transaction of several statements. */
    public <T> T read(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
    }

    /**
     * Breaks a connection that another thread works with: its transaction is never committed, whatever happens there.
     *
     * @param isBack whether that thread waits for no statement any more
     */
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        try {
            dialect.abort(connection, isBack);
        } finally {
            // Not before: the pool closes it at once on a thread of its own, and what is closed cancels nothing.
            if (dataSource instanceof HikariDataSource pool) {
                pool.evictConnection(connection);
            }
        }
    }

    /** Leaves nothing of what was erased beside the tables, as far as the database can be told so. */
    public void settle() {
        runAlone(dialect.settling());
    }

    /** Has the database give back the room of what was erased in these tables. */
    public void compact(Collection<String> tables) {
        runAlone(dialect.compacting(tables));
    }

    private void runAlone(List<String> statements) {
        int unused = read(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return statements.size();
            }
        });
    }

    private static void rollBack(Connection connection, Throwable fault) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            fault.addSuppressed(second);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException broken) {
            // The connection is broken; the pool notices and drops it.
        }
    }
}
