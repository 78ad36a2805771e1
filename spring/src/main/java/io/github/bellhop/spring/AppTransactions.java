package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.RunTransactions;
import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs in transactions of the app's own transaction manager, so that whatever takes part in those takes part in the
 * run's: JPA, JdbcTemplate, {@code @Transactional}, and listeners of the commit.
 *
 * <p>A run that fails is rolled back as a whole, as the app sees it. What the database sees is that the handler's writes
 * are undone and the note about the failure is committed, on the same connection and still under the claim.
 */
final class AppTransactions implements RunTransactions {
    private static final Logger log = LoggerFactory.getLogger(AppTransactions.class);

    private final Database database;
    private final AppResources resources;

    AppTransactions(Database database, AppResources resources) {
        this.database = database;
        this.resources = resources;
    }

    @Override
    public void run(Duration limit, Steps steps) {
        TransactionTemplate template = new TransactionTemplate(resources.manager());
        template.setName("bellhop-handler");
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        template.setTimeout(
                (int) Math.min(Integer.MAX_VALUE, limit.plusMillis(999).toSeconds()));
        Ending ending = new Ending(steps);
        try {
            template.executeWithoutResult(status -> within(status, steps, ending));
        } catch (RuntimeException fault) {
            if (!ending.committed) {
                throw fault;
            }
            log.warn(
                    "A {} came after the commit of a run, which stays committed",
                    fault.getClass().getSimpleName());
        } finally {
            resources.unbind();
        }
    }

    private void within(TransactionStatus status, Steps steps, Ending ending) {
        ConnectionHolder holder = resources.bind();
        Connection connection = holder.getConnection();
        try {
            if (!steps.claim(connection)) {
                return;
            }
            if (steps.callOrUndo(connection, () -> settle(status))) {
                ending.connection = connection;
                TransactionSynchronizationManager.registerSynchronization(ending);
            } else {
                steps.note(connection);
                connection.commit();
                ending.committed = true;
                // For the database nothing is left to do; JPA forgets its entities, and listeners are told.
                status.setRollbackOnly();
            }
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
        }
    }

    /** While the claim holds: at the commit it would be too late to note a failure under it. */
    private static void settle(TransactionStatus status) {
        if (status.isRollbackOnly()) {
            throw new UnexpectedRollbackException(
                    "A part of the handler marked its transaction as one to be rolled back");
        }
        status.flush();
    }

    /** Notes that the run is done after all others who listen for the commit: it registers last, and has no order. */
    private final class Ending implements TransactionSynchronization {
        private final Steps steps;
        private @Nullable Connection connection;
        private boolean committed;

        Ending(Steps steps) {
            this.steps = steps;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            try {
                if (connection != null) {
                    steps.note(connection);
                }
            } catch (SQLException fault) {
                throw database.dialect().classify(fault);
            }
        }

        @Override
        public void afterCompletion(int status) {
            committed = status == STATUS_COMMITTED;
        }
    }
}
