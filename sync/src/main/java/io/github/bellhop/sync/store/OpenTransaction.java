package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An active transaction. Must be used by a single thread.
 *
 * @hidden
 */
public final class OpenTransaction implements AutoCloseable {
    private final Database database;
    private final Connection connection;
    private final boolean autoCommit;
    private boolean completed;
    private boolean released;

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
     * Runs work in the transaction.
     *
     * @throws StoreException if a statement failed; the transaction has been rolled back
     */
    public <T> T on(Database.Work<T> work) {
        if (completed) {
            throw new IllegalStateException("The transaction has already ended.");
        }
        try {
            return work.on(connection);
        } catch (SQLException fault) {
            rollback();
            database.dropIfReadOnly(connection, fault);
            throw database.dialect().classify(fault);
        }
    }

    /**
     * Commits the transaction.
     *
     * @throws StoreException if the commit failed. The transaction has been rolled back, but if the connection was lost
     *     during the commit, it may have been committed
     */
    public void commit() {
        boolean unused = on(committed -> {
            committed.commit();
            return true;
        });
        completed = true;
        database.requireFile();
    }

    private void rollback() {
        completed = true;
        try {
            connection.rollback();
        } catch (SQLException ignored) {
            // The connection is broken, so the server rolls the transaction back.
        }
    }

    /** Rolls back uncommitted work and releases the connection. Further calls have no effect. */
    public void end() {
        if (released) {
            return;
        }
        released = true;
        if (!completed) {
            rollback();
        }
        try (connection) {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException ignored) {
            // The connection is broken; the pool detects this and closes it.
        }
    }

    /** Same as {@link #end}. */
    @Override
    public void close() {
        end();
    }
}
