package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenTransaction;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Begins and ends the transactions of runs: the database's own, or transactions in which other resources take part.
 * Thread-safe.
 */
@FunctionalInterface
public interface RunTransactions {
    /** Returns the database's own transactions, in which only the run's connection takes part. */
    static RunTransactions of(Database database) {
        return (limit, run) -> {
            try (OpenTransaction open = database.begin()) {
                return run.test(new Transaction() {
                    @Override
                    public <T> T on(Database.Work<T> work) {
                        return open.on(work);
                    }

                    @Override
                    public void commit(Database.Work<?> note) {
                        Object unused = open.on(note);
                        open.commit();
                    }

                    @Override
                    public void rollBack() {
                        open.end();
                    }
                });
            }
        };
    }

    /**
     * Calls a function on the calling thread in a new transaction, and rolls back everything that the function has not
     * committed.
     *
     * @param limit how long the handler may take; the run enforces it, and the implementation may also apply it to
     *              statements
     * @return the function's result; false, without beginning a transaction, if no run may begin
     */
    boolean run(Duration limit, Predicate<Transaction> run);

    /** A run's transaction. Confined to the thread that began it. */
    interface Transaction {
        /**
         * Executes work on the transaction's connection and returns its result.
         *
         * @throws RuntimeException if a statement failed; the transaction may then be lost
         */
        <T> T on(Database.Work<T> work);

        /**
         * Flushes the pending writes of other participants, such as an ORM, after the handler has succeeded. An
         * exception is treated as if the handler had thrown it.
         */
        default void settle() {}

        /**
         * Writes the run's result and commits the transaction. The result is written last, after all listeners for the
         * commit have run.
         *
         * @param note writes the run's result
         * @throws RuntimeException if the transaction is lost, along with the claim, the handler's writes and the
         *     result; if the connection was lost during the commit, all of them may still have been committed
         */
        void commit(Database.Work<?> note);

        /**
         * Writes the run's result and commits nothing else; all other participants are rolled back. The caller has
         * already undone the writes on the connection since the claim. The claim lasts until the commit.
         *
         * @param note writes the run's result
         * @throws RuntimeException if the transaction is lost, along with the claim and the result
         */
        default void commitFailed(Database.Work<?> note) {
            commit(note);
        }

        /** Rolls back everything that is not committed, and returns the connection. A second call has no effect. */
        void rollBack();
    }
}
