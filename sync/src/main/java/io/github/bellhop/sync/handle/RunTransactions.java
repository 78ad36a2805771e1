package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenTransaction;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Begins and ends the transactions that runs are in: the database's own, or others in which more than the run's
 * connection takes part. Thread-safe.
 */
@FunctionalInterface
public interface RunTransactions {
    /** Those of the database itself, in which nothing but the run's connection takes part. */
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
     * Runs something on the calling thread, in a transaction of its own, and rolls back what it has not committed.
     *
     * @param limit how long the handler may take; the run sees to that, and statements may be bounded by it too
     * @return what the run returns; false without a transaction when no run may begin
     */
    boolean run(Duration limit, Predicate<Transaction> run);

    /** A run's transaction. Confined to the thread that began it. */
    interface Transaction {
        /**
         * Does work on the transaction's connection.
         *
         * @throws RuntimeException when a statement failed; the transaction may be lost by then
         */
        <T> T on(Database.Work<T> work);

        /**
         * Writes whatever takes part in the transaction has yet to write, once the handler is done. What this throws
         * counts as thrown by the handler.
         */
        default void settle() {}

        /**
         * Commits. The note is written last, after everyone who listens for the commit.
         *
         * @throws RuntimeException when the transaction is lost, and with it the claim, what the handler wrote and the
         *     note; all of them may be kept only if the connection was lost during the commit
         */
        void commit(Database.Work<?> note);

        /**
         * Commits the note alone: what was written on the connection since the claim is undone already, and everything
         * else that takes part is rolled back. The claim holds until then.
         *
         * @throws RuntimeException when the transaction is lost, and with it the claim and the note
         */
        default void commitFailed(Database.Work<?> note) {
            commit(note);
        }

        /** Rolls back what is not committed and returns the connection. A second call has no effect. */
        void rollBack();
    }
}
