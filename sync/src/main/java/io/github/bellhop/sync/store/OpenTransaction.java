package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction that is under way. Confined to one thread.
 *
 * @hidden
 */
public final class OpenTransaction implements AutoCloseable {
    private final Database database;
    private final Connection connection;
    private final boolean autoCommit;
    private boolean over;
    private boolean ended;

    private OpenTransaction(Database database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    static OpenTransaction begin(Database database) {
        database.requireFile();
        try {
            Connection connection = database.dataSource().getConnection();
            try {
                return new OpenTransaction(database, connection);
            } catch (SQLException | RuntimeException | Error fault) {
                connection.close();
                throw fault;
            }
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
        }
    }

    /**
     * Does work in the transaction.
     *
     * @throws StoreException when a statement failed; the transaction is rolled back then
     */
    public <T> T on(Database.Work<T> work) {
        if (over) {
            throw new IllegalStateException("The transaction is over.");
        }
        try {
            return work.on(connection);
        } catch (SQLException fault) {
            undo();
            database.dropIfReadOnly(connection, fault);
            throw database.dialect().classify(fault);
        }
    }

    /**
     * Commits.
     *
     * @throws StoreException when the commit failed; nothing is kept then, unless the connection was lost meanwhile
     */
    public void commit() {
        boolean unused = on(committed -> {
            committed.commit();
            return true;
        });
        over = true;
        database.requireFile();
    }

    private void undo() {
        over = true;
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The connection is broken, and the transaction with it.
        }
    }

    /** Rolls back what is not committed and returns the connection. A second call has no effect. */
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (!over) {
            undo();
        }
        try (connection) {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException broken) {
            // The connection is broken; the pool notices and drops it.
        }
    }

    /** The same. */
    @Override
    public void close() {
        end();
    }
}
