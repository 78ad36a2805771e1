package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.store.Dialect.Hold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database and its dialect. Safe for concurrent use. */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** The timeout of a read statement in a server or an app. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

    /** The timeout of a statement that runs database maintenance. */
    private static final Duration MAINTENANCE_TIMEOUT = Duration.ofHours(6);

    private static final long LOCK_POLL_NANOS = 50_000_000;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Traits traits;
    private final LongConnections longWork = new LongConnections();

    /**
     * Optional properties of a database.
     *
     * @param schema   the schema of the tables; null for the connections' default schema
     * @param timeout  the timeout of a command's read statements; null for a server or an app
     * @param file     the file of an SQLite database; null for other databases
     * @param server   the source of connections outside the pool; null for SQLite and for an app's own pool
     */
    record Traits(
            @Nullable String schema,
            @Nullable Duration timeout,
            @Nullable WatchedFile file,
            @Nullable PostgresConnections server) {
        static final Traits NONE = new Traits(null, null, null, null);
    }

    Database(DataSource dataSource, Dialect dialect, Traits traits) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.traits = traits;
    }

    /** Creates a database with a known dialect. */
    public static Database of(DataSource dataSource, Dialect dialect) {
        return new Database(dataSource, dialect, Traits.NONE);
    }

    /** Returns the schema of the tables; null for the connections' default schema. */
    @Nullable
    String schema() {
        return traits.schema();
    }

    /** Returns the source of connections for long work; null if long work uses the same source as all other work. */
    @Nullable
    PostgresConnections server() {
        return traits.server();
    }

    /** Returns this database's dialect. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns the source of connections. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Work inside one transaction.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work. If it throws, the transaction is rolled back. */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction and commits it. A statement fails if it runs for longer than 8 seconds or waits
     * for a lock for longer than 3 seconds.
     *
     * @throws StoreException if a statement, the commit or the connection failed. The work is rolled back, but if the
     *     connection was lost during the commit, it may have been committed
     */
    public <T> T inTransaction(Work<T> work) {
        return inTransaction(Limits.WORK, work);
    }

    /** Runs the work in one transaction with these limits and commits it. */
    public <T> T inTransaction(Limits limits, Work<T> work) {
        return inOpenTransaction(connection -> {
            dialect.limit(connection, limits.in(traits.schema()));
            return work.on(connection);
        });
    }

    /**
     * Runs the work in one transaction and commits it. The work's first statement must set the limits; see
     * {@link #scoped}.
     */
    public <T> T inOpenTransaction(Work<T> work) {
        try (OpenTransaction transaction = begin()) {
            T result = transaction.on(work);
            transaction.commit();
            return result;
        }
    }

    /**
     * Begins a transaction. Its first statement must set the limits; see {@link #scoped}.
     *
     * @hidden
     */
    public OpenTransaction begin() {
        return OpenTransaction.begin(this);
    }

    /** Returns the limits, extended with this database's schema. */
    public Limits scoped(Limits limits) {
        return limits.in(traits.schema());
    }

    /**
     * Sets the limits of the connection's current transaction for work that takes up to the given time. Sets them both
     * at the server and in the driver.
     *
     * @return an object that restores the driver's timeout when it is closed; close it before releasing the connection
     */
    public LongWork allow(Connection connection, Duration maxDuration) throws SQLException {
        LongWork work = LongWork.on(connection, Limits.of(maxDuration));
        dialect.limit(connection, scoped(Limits.of(maxDuration)));
        return work;
    }

    void requireFile() {
        if (traits.file() != null && !traits.file().isPresent()) {
            throw traits.file().movedFault();
        }
    }

    /** Evicts read-only connections: a pool would keep them after their server has become read-only or a standby. */
    void dropIfReadOnly(Connection connection, SQLException fault) {
        if (dialect.classify(fault).isReadOnly() && dataSource instanceof HikariDataSource pool) {
            pool.evictConnection(connection);
            if (traits.server() != null) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    /**
     * Checks that messages can be written now. Everything that it writes is rolled back.
     *
     * @param thoroughly whether to write as much data as a message needs
     * @throws StoreException if messages cannot be written
     */
    public void proveWritable(boolean thoroughly) {
        if (traits.file() != null) {
            traits.file().requireRoom();
        }
        int unused = inTransaction(Limits.SHORT_LOCK_WAIT, connection -> {
            dialect.proveWritable(connection, thoroughly);
            connection.rollback();
            return 0;
        });
    }

    /**
     * Returns the locks of other transactions that these messages would have to wait for. Does not wait.
     *
     * @throws StoreException if the database cannot be queried
     */
    public Set<Hold> findLocked(Collection<Projection> projections) {
        return inTransaction(Limits.SHORT_LOCK_WAIT, connection -> {
            Set<Hold> locked = dialect.findLocked(connection, projections);
            connection.rollback();
            return locked;
        });
    }

    /**
     * Runs the work in one transaction, and retries it after a conflict with another transaction.
     *
     * @param attempts the maximum number of attempts
     * @throws StoreException as for {@link #inTransaction(Work)}, but with the kind
     *     {@link StoreException.Kind#CONFLICT} only after the last attempt
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

    /**
     * Runs work that only reads. Its statements do not necessarily share a transaction. A statement is cancelled after
     * 8 seconds or, in a command, after the command's timeout.
     */
    public <T> T read(Work<T> work) {
        if (traits.server() != null
                && (traits.timeout() != null || traits.server().needsSchemaPerTransaction())) {
            Duration maxDuration = traits.timeout() == null ? READ_TIMEOUT : traits.timeout();
            return inTransaction(Limits.reading(maxDuration), work);
        }
        requireFile();
        try (Connection connection = dataSource.getConnection()) {
            return work.on(dialect.bounded(connection, READ_TIMEOUT));
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
    }

    /**
     * Aborts a connection that another thread is using. Its transaction is never committed.
     *
     * @param isBack returns whether the other thread has stopped waiting for a statement
     */
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        try {
            dialect.abort(connection, isBack);
        } finally {
            // Evicted last: the pool closes the connection at once on another thread, and a closed connection cannot
            // cancel a statement.
            if (connection instanceof ProxyConnection && dataSource.isWrapperFor(HikariDataSource.class)) {
                dataSource.unwrap(HikariDataSource.class).evictConnection(connection);
            }
        }
    }

    /**
     * Removes erased data from the database's write-ahead log, if the database supports this.
     *
     * @return false if another program prevented this, so that some erased data may remain
     */
    public boolean checkpoint() {
        return runAlone(dialect.checkpointStatements());
    }

    /** Returns connections for migrations. */
    DataSource longConnections() {
        return longWork.of(this);
    }

    /** Cancels a running migration. */
    public void cancelMigration() {
        longWork.cancel();
    }

    /**
     * Runs work outside any transaction while it holds a lock that excludes other programs.
     *
     * @param wait whether to wait for the lock
     * @return the result of the work; empty if another program holds the lock
     */
    <T> Optional<T> withLock(SchemaLock lock, boolean wait, Work<T> work) {
        try (Connection holder = longConnections().getConnection()) {
            if (!dialect.buildsIndexesConcurrently()) {
                return Optional.of(work.on(holder));
            }
            holder.setAutoCommit(false);
            try (Connection worker = longConnections().getConnection()) {
                return isLocked(holder, lock, wait) ? Optional.of(unlimited(worker, work)) : Optional.empty();
            } finally {
                holder.rollback();
                holder.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
    }

    /**
     * Polls for the lock, each time in a new transaction: the program that holds the lock may be building an index,
     * which waits for every open transaction.
     */
    private boolean isLocked(Connection holder, SchemaLock lock, boolean wait) throws SQLException {
        boolean logged = false;
        while (true) {
            dialect.limit(holder, Limits.MIGRATION_LOCK);
            if (dialect.tryLock(holder, lock)) {
                return true;
            }
            holder.rollback();
            if (!wait || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (!logged) {
                log.info("Another program is migrating the tables. Waiting for it to finish.");
                logged = true;
            }
            LockSupport.parkNanos(LOCK_POLL_NANOS);
        }
    }

    /**
     * Runs work without timeouts, except behind a pooler: session settings must not be changed there, because other
     * programs use the same session.
     */
    private <T> T unlimited(Connection connection, Work<T> work) throws SQLException {
        PostgresConnections server = traits.server();
        return server != null && server.isPooled() ? work.on(connection) : SessionLimits.without(connection, work);
    }

    /**
     * Reclaims the space of erased rows in these tables.
     *
     * @return false if another program prevented this, so that some erased data may remain
     */
    public boolean compact(Collection<String> tables) {
        return runAlone(dialect.vacuumStatements(tables));
    }

    private boolean runAlone(List<String> statements) {
        requireFile();
        boolean complete = true;
        try (Connection connection = dataSource.getConnection()) {
            LongWork timeout = LongWork.on(connection, Limits.of(MAINTENANCE_TIMEOUT));
            try (Statement statement =
                    dialect.bounded(connection, MAINTENANCE_TIMEOUT).createStatement()) {
                for (String sql : statements) {
                    complete &= !statement.execute(sql) || isComplete(statement);
                }
            } finally {
                timeout.close();
            }
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
        return complete;
    }

    /** The first column of a checkpoint's result is 1 if a reader or writer kept the checkpoint from completing. */
    private static boolean isComplete(Statement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return !row.next() || row.getInt(1) == 0;
        }
    }
}
