package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.RunTransactions;
import io.github.bellhop.sync.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs in transactions of the app's own transaction manager, so that whatever takes part in those takes part in the
 * run's: JPA, JdbcTemplate, {@code @Transactional}, and listeners of the commit.
 *
 * <p>A run that fails is rolled back as a whole, as the app sees it. What the database sees is that the handler's writes
 * are undone and the note about the failure is committed, on the same connection and still under the claim.
 */
record AppTransactions(Database database, AppResources resources) implements RunTransactions, StartCheck {
    /** What the transactions of runs are called. */
    static final String RUN = "bellhop-handler";

    private static final Logger log = LoggerFactory.getLogger(AppTransactions.class);

    @Override
    public @Nullable String check() {
        return resources.check();
    }

    @Override
    public boolean run(Duration limit, Predicate<Transaction> run) {
        DefaultTransactionDefinition wanted =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        wanted.setName(RUN);
        wanted.setTimeout(
                (int) Math.min(Integer.MAX_VALUE, limit.plusMillis(999).toSeconds()));
        PlatformTransactionManager manager = resources.manager();
        OfApp transaction = new OfApp(manager, manager.getTransaction(wanted), limit);
        try {
            transaction.bind();
            return run.test(transaction);
        } finally {
            transaction.rollBack();
        }
    }

    /** Writes the note of a run that is done after all others who listen for the commit: it registers last, without order. */
    private final class OfApp implements Transaction, TransactionSynchronization {
        private final PlatformTransactionManager manager;
        private final TransactionStatus status;
        private final Duration limit;
        private @Nullable BoundAliases bound;
        private Database.Work<?> last = connection -> true;
        private boolean committed;
        private long notedAt;

        OfApp(PlatformTransactionManager manager, TransactionStatus status, Duration limit) {
            this.manager = manager;
            this.status = status;
            this.limit = limit;
        }

        void bind() {
            bound = resources.bind();
        }

        @Override
        public <T> T on(Database.Work<T> work) {
            try {
                return work.on(Objects.requireNonNull(bound, "bound").connection());
            } catch (SQLException fault) {
                throw database.dialect().classify(fault);
            }
        }

        /** While the claim holds: at the commit it would be too late to note a failure under it. */
        @Override
        public void settle() {
            if (status.isRollbackOnly()) {
                throw new UnexpectedRollbackException(
                        "A part of the handler marked its transaction as one to be rolled back");
            }
            status.flush();
        }

        @Override
        public void commit(Database.Work<?> note) {
            last = note;
            TransactionSynchronizationManager.registerSynchronization(this);
            try {
                manager.commit(status);
            } catch (RuntimeException fault) {
                tellUnlessLost(fault);
            } finally {
                warnIfSlow();
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            Object unused = on(last);
            notedAt = System.nanoTime();
        }

        @Override
        public void afterCompletion(int completion) {
            committed = completion == STATUS_COMMITTED;
        }

        private void tellUnlessLost(RuntimeException fault) {
            if (!committed) {
                throw fault;
            }
            log.warn(
                    "A {} came after the commit of a run, which stays committed",
                    fault.getClass().getSimpleName());
        }

        /** The watch over the handler is over by the commit, so what listens for that has no timeout. */
        private void warnIfSlow() {
            Duration taken = Duration.ofNanos(System.nanoTime() - notedAt);
            if (committed && taken.compareTo(limit) > 0) {
                log.warn(
                        "The commit of a run and its listeners (AFTER_COMMIT) took {} ms, more than the handler's time-out"
                                + " of {} ms, and held its thread. Let them hand slow work to another thread",
                        taken.toMillis(),
                        limit.toMillis());
            }
        }

        @Override
        public void commitFailed(Database.Work<?> note) {
            boolean unused = on(connection -> {
                Object unusedToo = note.on(connection);
                connection.commit();
                return true;
            });
            committed = true;
            try {
                // For the database nothing is left to do; JPA forgets its entities, and listeners are told.
                manager.rollback(status);
            } catch (RuntimeException fault) {
                tellUnlessLost(fault);
            }
        }

        @Override
        public void rollBack() {
            try {
                if (!status.isCompleted()) {
                    manager.rollback(status);
                }
            } catch (RuntimeException fault) {
                log.warn("A run could not be rolled back", fault);
            } finally {
                if (bound != null) {
                    bound.end();
                }
            }
        }
    }
}
