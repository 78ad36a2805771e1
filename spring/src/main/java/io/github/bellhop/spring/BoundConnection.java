package io.github.bellhop.spring;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * Binds a run's connection to the app's DataSource for the length of a call, as a transaction under way: JdbcTemplate
 * uses it, and {@code @Transactional} joins it. It is committed by the run, so what waits for a commit is told only
 * that the outcome is not known here.
 *
 * @param dataSource the app's
 */
record BoundConnection(DataSource dataSource) implements AppTransaction {
    @Override
    public Object within(Connection connection, Callable<Object> call) throws Exception {
        ConnectionHolder holder = new ConnectionHolder(connection, true);
        holder.setSynchronizedWithTransaction(true);
        TransactionSynchronizationManager.bindResource(dataSource, holder);
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            Object answer = call.call();
            if (holder.isRollbackOnly()) {
                throw new UnexpectedRollbackException(
                        "A part of the handler marked its transaction as one to be rolled back");
            }
            TransactionSynchronizationUtils.triggerBeforeCommit(false);
            return answer;
        } finally {
            TransactionSynchronizationUtils.triggerBeforeCompletion();
            List<TransactionSynchronization> waiting = TransactionSynchronizationManager.getSynchronizations();
            TransactionSynchronizationManager.clearSynchronization();
            TransactionSynchronizationManager.setActualTransactionActive(false);
            TransactionSynchronizationManager.unbindResource(dataSource);
            TransactionSynchronizationUtils.invokeAfterCompletion(waiting, TransactionSynchronization.STATUS_UNKNOWN);
        }
    }
}
