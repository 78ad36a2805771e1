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
 * Supplies connections for reads: within a transaction of the app on the same database, the transaction's connection;
 * otherwise one from the pool. Thread-safe.
 */
final class ReadingDataSource extends DelegatingDataSource {
    private final DataSource ofApp;
    private final boolean guarded;

    /**
     * Creates a DataSource for reads of Bellhop's database.
     *
     * @param ofApp   the app's DataSource for the same database; may be the same object
     * @param guarded whether a failed statement aborts its transaction, as on PostgreSQL
     */
    ReadingDataSource(DataSource dataSource, DataSource ofApp, boolean guarded) {
        super(dataSource);
        this.ofApp = ofApp;
        this.guarded = guarded;
    }

    /**
     * Returns the app's database for finders.
     *
     * @param ofApp the app's DataSource for it
     */
    static FinderDatabase finders(Database database, DataSource ofApp) {
        boolean manyWriters = database.dialect().runsAtOnce() > 1;
        ReadingDataSource reading = new ReadingDataSource(database.dataSource(), ofApp, manyWriters);
        // The pool has a second connection for each of the few handler runs, unless the database allows only one
        // writer.
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

    /** Returns whether this thread has a transaction on this database. */
    boolean isInTransaction() {
        return bound() != null;
    }

    /** The DataSource that the transaction's connection is bound to; null if there is none. */
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
