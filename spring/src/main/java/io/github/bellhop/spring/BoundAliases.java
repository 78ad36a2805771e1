package io.github.bellhop.spring;

import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Binds a run's connection to the other wrappers of its DataSource, so that data access through any of them takes part
 * in the run. Like the connection itself, the binding is suspended during a separate transaction ({@code
 * REQUIRES_NEW}).
 */
final class BoundAliases implements TransactionSynchronization {
    private final ConnectionHolder holder;
    private final List<DataSource> aliases;

    private BoundAliases(ConnectionHolder holder, List<DataSource> aliases) {
        this.holder = holder;
        this.aliases = aliases;
    }

    /** Binds the connection to the DataSources that have no connection bound in the current transaction. */
    static BoundAliases bind(ConnectionHolder holder, List<DataSource> wanted) {
        List<DataSource> unbound = wanted.stream()
                .filter(alias -> !TransactionSynchronizationManager.hasResource(alias))
                .toList();
        BoundAliases bound = new BoundAliases(holder, unbound);
        bound.resume();
        TransactionSynchronizationManager.registerSynchronization(bound);
        return bound;
    }

    /** The run's connection. */
    Connection connection() {
        return holder.getConnection();
    }

    @Override
    public void suspend() {
        end();
    }

    @Override
    public void resume() {
        aliases.forEach(alias -> TransactionSynchronizationManager.bindResource(alias, holder));
    }

    /** Unbinds the connection after the transaction. */
    void end() {
        for (DataSource alias : aliases) {
            Object unused = TransactionSynchronizationManager.unbindResourceIfPossible(alias);
        }
    }
}
