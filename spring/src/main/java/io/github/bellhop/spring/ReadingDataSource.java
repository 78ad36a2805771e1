package io.github.bellhop.spring;

import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connections for reads: within a transaction of the app's on the same database that transaction's connection, else one
 * of the pool's. Thread-safe.
 */
final class ReadingDataSource extends DelegatingDataSource {
    private final DataSource ofApp;
    private final boolean guarded;

    /**
     * For reads of Bellhop's database.
     *
     * @param ofApp   the app's way to the same database, which may be the same
     * @param guarded whether a statement that fails ends the transaction that it is in, as on PostgreSQL
     */
    ReadingDataSource(DataSource dataSource, DataSource ofApp, boolean guarded) {
        super(dataSource);
        this.ofApp = ofApp;
        this.guarded = guarded;
    }

    /**
     * Returns the app's database as finders read it.
     *
     * @param ofApp the app's way to it
     */
    static FinderDatabase finders(Database database, DataSource ofApp) {
        boolean manyWriters = database.dialect().runsAtOnce() > 1;
        ReadingDataSource reading = new ReadingDataSource(database.dataSource(), ofApp, manyWriters);
        // Runs of handlers are few enough that the pool has a second connection for each, unless one writer is all.
        return new FinderDatabase(
                Database.of(reading, database.dialect()),
                () -> reading.isInTransaction() && !(manyWriters && isInRun()));
    }

    private static boolean isInRun() {
        return AppTransactions.RUN.equals(TransactionSynchronizationManager.getCurrentTransactionName());
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource bound = bound();
        if (bound == null) {
            return obtainTargetDataSource().getConnection();
        }
        return ReadingConnection.of(DataSourceUtils.getConnection(bound), bound, guarded);
    }

    /** Whether a transaction of this database is under way on this thread. */
    boolean isInTransaction() {
        return bound() != null;
    }

    /** The DataSource that the transaction's connection is bound to; null without one. */
    private @Nullable DataSource bound() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        for (Map.Entry<Object, Object> resource :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (resource.getKey() instanceof DataSource key
                    && resource.getValue() instanceof ConnectionHolder holder
                    && holder.getConnectionHandle() != null
                    && (DataSourceTarget.isSame(key, obtainTargetDataSource())
                            || DataSourceTarget.isSame(key, ofApp))) {
                return key;
            }
        }
        return null;
    }
}
