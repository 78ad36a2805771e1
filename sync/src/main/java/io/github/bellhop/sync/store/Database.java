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

    /** How long a reading statement may take in a program that others wait for. */
    private static final Duration READING = Duration.ofSeconds(8);

    /** How long a statement may take that has the database tidy up: it is cancelled then. */
    private static final Duration TIDYING = Duration.ofHours(6);

    private static final long BETWEEN_TRIES_NANOS = 50_000_000;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Traits traits;
    private final LongConnections longWork = new LongConnections();

    /**
     * What else is known of a database.
     *
     * @param schema   the schema of the tables; null for the connections' own
     * @param patience how long a command waits for what it reads; null for a program that others wait for
     * @param file     the file of an SQLite database that is watched
     * @param server   where connections come from that are not of a pool; null for SQLite and for an app's own pool
     */
    record Traits(
            @Nullable String schema,
            @Nullable Duration patience,
            @Nullable WatchedFile file,
            @Nullable PostgresConnections server) {
        static final Traits NONE = new Traits(null, null, null, null);
    }

    Database(DataSource dataSource, Dialect dialect, Traits traits) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.traits = traits;
    }

    /** A database whose dialect is known. */
    public static Database of(DataSource dataSource, Dialect dialect) {
        return new Database(dataSource, dialect, Traits.NONE);
    }

    /** The schema of the tables; null for the connections' own. */
    @Nullable
    String schema() {
        return traits.schema();
    }

    /** Where connections for long work come from; null when there is no other place than for all work. */
    @Nullable
    PostgresConnections server() {
        return traits.server();
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
     * Runs the work in one transaction and commits it. No statement of it takes longer than 8 seconds, nor waits for a lock
     * for longer than 3.
     *
     * @throws StoreException when a statement, the commit or the connection failed; nothing of the work is kept then,
     *     except that after a connection lost during the commit it may be
     */
    public <T> T inTransaction(Work<T> work) {
        return inTransaction(Limits.WORK, work);
    }

    /** The same within other limits. */
    public <T> T inTransaction(Limits limits, Work<T> work) {
        return inOpenTransaction(connection -> {
            dialect.limit(connection, limits.in(traits.schema()));
            return work.on(connection);
        });
    }

    /** The same for work whose first statement bounds the transaction itself; see {@link #scoped}. */
    public <T> T inOpenTransaction(Work<T> work) {
        try (OpenTransaction transaction = begin()) {
            T result = transaction.on(work);
            transaction.commit();
            return result;
        }
    }

    /**
     * Begins a transaction whose first statement bounds it; see {@link #scoped}.
     *
     * @hidden
     */
    public OpenTransaction begin() {
        return OpenTransaction.begin(this);
    }

    /** The limits for transactions on this database. */
    public Limits scoped(Limits limits) {
        return limits.in(traits.schema());
    }

    /**
     * Has the transaction on a connection bounded for work of up to the given time, at the server and in the driver.
     *
     * @return puts the driver's timeout back; to be closed while the connection is still the caller's
     */
    public LongWork allow(Connection connection, Duration longest) throws SQLException {
        LongWork work = LongWork.on(connection, Limits.of(longest));
        dialect.limit(connection, scoped(Limits.of(longest)));
        return work;
    }

    void requireFile() {
        if (traits.file() != null && !traits.file().isThere()) {
            throw traits.file().gone();
        }
    }

    /** A pool keeps sessions that a server made read-only, and those with a server that was demoted. */
    void dropIfReadOnly(Connection connection, SQLException fault) {
        if (dialect.classify(fault).isReadOnly() && dataSource instanceof HikariDataSource pool) {
            pool.evictConnection(connection);
            if (traits.server() != null) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    /**
     * Proves that messages can be written now, and leaves nothing.
     *
     * @param thoroughly whether to write as much as a message needs
     * @throws StoreException when they cannot
     */
    public void proveWritable(boolean thoroughly) {
        if (traits.file() != null) {
            traits.file().requireRoom();
        }
        int unused = inTransaction(Limits.IMPATIENT, connection -> {
            dialect.proveWritable(connection, thoroughly);
            connection.rollback();
            return 0;
        });
    }

    /**
     * Finds out what other transactions hold of what messages need, without waiting for them.
     *
     * @throws StoreException when the database cannot be asked
     */
    public Set<Hold> findLocked(Collection<Projection> projections) {
        return inTransaction(Limits.IMPATIENT, connection -> {
            Set<Hold> locked = dialect.findLocked(connection, projections);
            connection.rollback();
            return locked;
        });
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

    /**
     * Runs reading work outside any transaction of several statements. A statement that takes longer than 8 seconds is
     * cancelled; one of a command, after the time that the command waits.
     */
    public <T> T read(Work<T> work) {
        if (traits.server() != null
                && (traits.patience() != null || traits.server().needsSchemaPerTransaction())) {
            Duration longest = traits.patience() == null ? READING : traits.patience();
            return inTransaction(Limits.reading(longest), work);
        }
        requireFile();
        try (Connection connection = dataSource.getConnection()) {
            return work.on(dialect.bounded(connection, READING));
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
            if (connection instanceof ProxyConnection && dataSource.isWrapperFor(HikariDataSource.class)) {
                dataSource.unwrap(HikariDataSource.class).evictConnection(connection);
            }
        }
    }

    /**
     * Leaves nothing of what was erased beside the tables, as far as the database can be told so.
     *
     * @return false when another program was in the way, so that something may be left
     */
    public boolean settle() {
        return runAlone(dialect.settling());
    }

    /** Connections for migrations. */
    DataSource longConnections() {
        return longWork.of(this);
    }

    /** Cancels a migration that is under way. */
    public void cancelMigration() {
        longWork.cancel();
    }

    /**
     * Does work on connections of its own, outside of transactions, while no other program holds the lock.
     *
     * @param wait whether to wait until the lock is free
     * @return what the work gives; empty when another program holds the lock
     */
    <T> Optional<T> alone(SchemaLock lock, boolean wait, Work<T> work) {
        try (Connection holder = longConnections().getConnection()) {
            if (!dialect.buildsBesideWriters()) {
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
     * Asks again and again, each time in a transaction of its own: the program that holds the lock may build an index, and
     * that waits for every transaction that reads.
     */
    private boolean isLocked(Connection holder, SchemaLock lock, boolean wait) throws SQLException {
        boolean told = false;
        while (true) {
            dialect.limit(holder, Limits.MIGRATIONS);
            if (dialect.tryLock(holder, lock)) {
                return true;
            }
            holder.rollback();
            if (!wait || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (!told) {
                log.info("Another program is changing the tables. Waiting until it is done.");
                told = true;
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    /** A session behind a pooler is not this program's to change. */
    private <T> T unlimited(Connection connection, Work<T> work) throws SQLException {
        PostgresConnections server = traits.server();
        return server != null && server.isPooled() ? work.on(connection) : SessionLimits.without(connection, work);
    }

    /**
     * Has the database give back the room of what was erased in these tables.
     *
     * @return false when another program was in the way, so that something may be left
     */
    public boolean compact(Collection<String> tables) {
        return runAlone(dialect.compacting(tables));
    }

    private boolean runAlone(List<String> statements) {
        requireFile();
        boolean complete = true;
        try (Connection connection = dataSource.getConnection()) {
            LongWork patience = LongWork.on(connection, Limits.of(TIDYING));
            try (Statement statement = dialect.bounded(connection, TIDYING).createStatement()) {
                for (String sql : statements) {
                    complete &= !statement.execute(sql) || isComplete(statement);
                }
            } finally {
                patience.close();
            }
        } catch (SQLException fault) {
            throw dialect.classify(fault);
        }
        return complete;
    }

    /** A checkpoint's first column is 1 when a reader or writer kept it from its end. */
    private static boolean isComplete(Statement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return !row.next() || row.getInt(1) == 0;
        }
    }
}
