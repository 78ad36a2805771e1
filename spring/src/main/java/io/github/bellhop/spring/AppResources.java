package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.RunTransactions;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ReflectionUtils;

/**
 * What runs have in common with the app: its transaction manager, and its DataSource. Asked for when the first run
 * comes, since they are made later than the engine. Thread-safe.
 */
final class AppResources {
    private final DataSource dataSource;
    private final @Nullable DataSource sameFile;
    private final ListableBeanFactory beans;
    private volatile @Nullable PlatformTransactionManager manager;
    private volatile boolean bindsSameFile;

    /**
     * The app's.
     *
     * @param dataSource whose connections runs work on
     * @param ofApp      the app's way to the same database, which may be the same
     */
    AppResources(DataSource dataSource, DataSource ofApp, ListableBeanFactory beans) {
        this.dataSource = target(dataSource);
        sameFile = target(ofApp).equals(this.dataSource) ? null : target(ofApp);
        this.beans = beans;
    }

    /** Who begins and ends the transactions: the app's own for this DataSource, so that its data access takes part. */
    PlatformTransactionManager manager() {
        PlatformTransactionManager known = manager;
        if (known == null) {
            known = sameFile == null ? ofApp(dataSource) : null;
            if (known == null) {
                known = new DataSourceTransactionManager(dataSource);
            }
            // Of the app's managers only those for plain JDBC join what is bound; JPA's refuses it.
            bindsSameFile = sameFile != null && isPlain(ofApp(sameFile));
            manager = known;
        }
        return known;
    }

    private static boolean isPlain(@Nullable PlatformTransactionManager ofApp) {
        return ofApp == null
                || DataSourceTransactionManager.class.isAssignableFrom(AopProxyUtils.ultimateTargetClass(ofApp));
    }

    private @Nullable PlatformTransactionManager ofApp(DataSource wanted) {
        ObjectProvider<PlatformTransactionManager> all = beans.getBeanProvider(PlatformTransactionManager.class);
        PlatformTransactionManager usual = all.getIfUnique();
        if (usual != null && wanted.equals(dataSourceOf(usual))) {
            return usual;
        }
        List<PlatformTransactionManager> fit = all.orderedStream()
                .filter(one -> wanted.equals(dataSourceOf(one)))
                .toList();
        return fit.stream().min(Comparator.comparing(AppResources::isPlain)).orElse(null);
    }

    /** The managers for JDBC, JPA and Hibernate all tell it, but share no type that has the method. */
    private static @Nullable DataSource dataSourceOf(PlatformTransactionManager manager) {
        Object target = AopProxyUtils.getSingletonTarget(manager);
        Object asked = target == null ? manager : target;
        Method method = ReflectionUtils.findMethod(asked.getClass(), "getDataSource");
        if (method == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(method);
        Object found = ReflectionUtils.invokeMethod(method, asked);
        return found instanceof DataSource dataSource ? target(dataSource) : null;
    }

    private static DataSource target(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }

    /**
     * In a transaction under way: its connection, bound to the app's DataSource too.
     *
     * @throws MisconfigurationException when the transaction is not one of this DataSource
     */
    ConnectionHolder bind() {
        if (!(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder)) {
            throw new MisconfigurationException(
                    "The app's transaction manager " + manager().getClass().getSimpleName()
                            + " does not show the connection of its transaction, so that nothing could be committed"
                            + " together with it.",
                    "Let JPA be Hibernate's, or define a bean of " + RunTransactions.class.getName()
                            + " that begins transactions of this database.");
        }
        if (bindsSameFile && sameFile != null) {
            TransactionSynchronizationManager.bindResource(sameFile, holder);
        }
        return holder;
    }

    /** Takes back what was bound, after the transaction. */
    void unbind() {
        if (bindsSameFile && sameFile != null) {
            TransactionSynchronizationManager.unbindResourceIfPossible(sameFile);
        }
    }
}
