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
 * Runs handlers in transactions of the app's own transaction manager. JPA, JdbcTemplate, {@code @Transactional} and
 * commit listeners all take part in the run.
 *
 * <p>To the app, a failed run looks completely rolled back. In the database, the handler's writes are undone and the
 * failure is recorded and committed, on the same connection and under the same claim.
 */
record AppTransactions(Database database, AppResources resources) implements RunTransactions, StartCheck {
    /** The name of the transactions. */
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

    /**
     * Records that a run is done. It is registered last and has no order, so all other commit listeners run before it.
     */
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

        /** Runs while the claim is held, because a failure cannot be recorded under the claim during the commit. */
        @Override
        public void settle() {
            if (status.isRollbackOnly()) {
                throw new UnexpectedRollbackException("Part of the handler marked its transaction for rollback");
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
                throwUnlessCommitted(fault);
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

        private void throwUnlessCommitted(RuntimeException fault) {
            if (!committed) {
                throw fault;
            }
            log.warn(
                    "A {} was thrown after a run was committed; the run stays committed",
                    fault.getClass().getSimpleName());
        }

        /** The handler's timeout does not apply to the commit, so it does not limit commit listeners. */
        private void warnIfSlow() {
            Duration taken = Duration.ofNanos(System.nanoTime() - notedAt);
            if (committed && taken.compareTo(limit) > 0) {
                log.warn(
                        "The commit of a run and its AFTER_COMMIT listeners blocked the handler's thread for {} ms,"
                                + " longer than its timeout of {} ms. Move slow work in the listeners to another"
                                + " thread",
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
                // The database work is done. This clears JPA's persistence context and notifies listeners.
                manager.rollback(status);
            } catch (RuntimeException fault) {
                throwUnlessCommitted(fault);
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
