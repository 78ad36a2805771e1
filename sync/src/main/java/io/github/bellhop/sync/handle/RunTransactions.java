package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/**
 * Begins and ends the transactions that runs are in: the database's own, or others in which more than the run's
 * connection takes part. Thread-safe.
 */
@FunctionalInterface
public interface RunTransactions {
    /** Those of the database itself, in which nothing but the run's connection takes part. */
    static RunTransactions of(Database database) {
        return (limit, steps) -> {
            boolean unused = database.inTransaction(connection -> {
                if (!steps.claim(connection)) {
                    return false;
                }
                boolean done = steps.callOrUndo(connection, () -> {});
                steps.note(connection);
                return done;
            });
        };
    }

    /**
     * Has the steps of one run done on the calling thread, in a transaction of their own: claim, call, note. When the
     * call was not done, all that was written since the claim is undone before the note, which is committed all the
     * same. The claim holds until then, so that nobody calls the handler in between.
     *
     * @param limit how long the handler may take; the steps see to that, and statements may be bounded by it too
     * @throws RuntimeException when the transaction is lost, and with it the claim, what the handler wrote and the note;
     *     only when the connection was lost during the commit, all of them may be kept
     */
    void run(Duration limit, Steps steps);

    /** What is done in a run's transaction, in this order. */
    interface Steps {
        /** Claims a run; false when there is none, and nothing more is to be done. */
        boolean claim(Connection connection) throws SQLException;

        /**
         * Calls the handler, and if it is done what settles its work: whatever is still to be written is written there,
         * and what it throws counts as thrown by the handler.
         *
         * @return false when everything since the claim is to be undone
         */
        boolean call(Connection connection, Runnable settle) throws SQLException;

        /** Calls, and undoes what was written since the claim when that is not done; the claim itself stays. */
        default boolean callOrUndo(Connection connection, Runnable settle) throws SQLException {
            Savepoint before = connection.setSavepoint();
            boolean done = call(connection, settle);
            if (!done) {
                connection.rollback(before);
            }
            // PostgreSQL could not soon pass over a row that was locked outside of a savepoint and deleted in it.
            connection.releaseSavepoint(before);
            return done;
        }

        /** Notes what became of the run: the last before the commit. What it throws must end the transaction. */
        void note(Connection connection) throws SQLException;
    }
}
