package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.RunTransactions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The app's transaction manager and its DataSource with all wrappers, for use by runs. They are looked up after the
 * app has started or when the first run begins, because these beans are created after the engine. Thread-safe.
 */
final class AppResources {
    private final DataSource dataSource;
    private final DataSource ofApp;
    private final ListableBeanFactory beans;
    private final AppManagers managers;
    private volatile @Nullable Chosen chosen;

    /**
     * How runs begin transactions.
     *
     * @param manager begins and ends the transactions
     * @param key     the DataSource under which it binds the connection
     * @param aliases the DataSource's other wrappers, to which the connection is bound as well
     */
    private record Chosen(PlatformTransactionManager manager, DataSource key, List<DataSource> aliases) {}

    /**
     * Creates the lookup for an app.
     *
     * @param dataSource the DataSource that runs get their connections from
     * @param ofApp      the app's DataSource for the same database; may be the same object
     */
    AppResources(DataSource dataSource, DataSource ofApp, ListableBeanFactory beans) {
        this.dataSource = withoutProxy(dataSource);
        this.ofApp = ofApp;
        this.beans = beans;
        managers = new AppManagers(beans);
    }

    private static DataSource withoutProxy(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }

    /** The transaction manager for runs: the app's own for this DataSource, so that they include its data access. */
    PlatformTransactionManager manager() {
        return chosen().manager();
    }

    private Chosen chosen() {
        Chosen known = chosen;
        if (known == null) {
            known = choose();
            chosen = known;
        }
        return known;
    }

    private Chosen choose() {
        AppManagers.Found fitting = isOpenedTwice() ? null : managers.fitting(dataSource);
        if (fitting == null || fitting.dataSource() == null) {
            return new Chosen(new DataSourceTransactionManager(dataSource), dataSource, aliases(dataSource, true));
        }
        return new Chosen(fitting.manager(), fitting.dataSource(), aliases(fitting.dataSource(), fitting.isPlain()));
    }

    private boolean isOpenedTwice() {
        return !DataSourceTarget.isSame(dataSource, ofApp);
    }

    /**
     * Leaves out wrappers on which another manager begins transactions, unless both are plain JDBC managers, which join
     * each other's transactions.
     */
    private List<DataSource> aliases(DataSource key, boolean plain) {
        Set<DataSource> aliases = new LinkedHashSet<>();
        for (DataSource known : known()) {
            if (DataSourceTarget.isSame(known, dataSource) || DataSourceTarget.isSame(known, ofApp)) {
                aliases.addAll(DataSourceTarget.layers(known));
            }
        }
        aliases.remove(key);
        for (AppManagers.Found other : managers.all()) {
            if (other.dataSource() != null && !(plain && other.isPlain())) {
                aliases.remove(other.dataSource());
            }
        }
        return List.copyOf(aliases);
    }

    private List<DataSource> known() {
        List<DataSource> known = new ArrayList<>(List.of(dataSource, ofApp));
        known.addAll(beans.getBeansOfType(DataSource.class).values());
        return known;
    }

    /**
     * Checks that runs use the app's transactions.
     *
     * @return a warning; null if everything is fine
     * @throws MisconfigurationException if the app has transactions on this database that runs cannot join
     */
    @Nullable
    String check() {
        if (isOpenedTwice()) {
            AppManagers.Found fitting = managers.fitting(ofApp);
            return fitting == null || fitting.isPlain()
                    ? null
                    : "JPA does not take part in the transactions of handlers, because Bellhop opens the SQLite file a"
                            + " second time. Write through JdbcTemplate or the run's Connection";
        }
        if (managers.fitting(dataSource) != null) {
            return null;
        }
        List<AppManagers.Found> others = managers.all().stream()
                .filter(AppManagers.Found::isForDatabases)
                .toList();
        if (others.isEmpty()) {
            return null;
        }
        String names =
                String.join(", ", others.stream().map(AppManagers.Found::text).toList());
        if (others.stream().allMatch(other -> DataSourceTarget.differ(other.dataSource(), dataSource))) {
            return "Handlers run in transactions of Bellhop's database. These transaction managers of the app are for"
                    + " other databases and do not take part: " + names;
        }
        throw new MisconfigurationException(
                "The app's transactions would not include what @OnClerkEvent methods write. Its transaction managers "
                        + names + " do not use the DataSource of Bellhop's tables (" + describe(dataSource)
                        + ") or a wrapper that Bellhop can unwrap.",
                "Give the EntityManagerFactory or the transaction manager the same DataSource bean. To run handlers"
                        + " outside the app's transactions, define a bean of type "
                        + RunTransactions.class.getName() + " that returns RunTransactions.of(database).");
    }

    private static String describe(DataSource dataSource) {
        return String.join(
                " around ",
                DataSourceTarget.layers(dataSource).stream()
                        .map(layer -> layer.getClass().getSimpleName())
                        .toList());
    }

    /**
     * Binds the current transaction's connection to every wrapper of the DataSource.
     *
     * @throws MisconfigurationException if the transaction does not belong to this DataSource
     */
    BoundAliases bind() {
        Chosen known = chosen();
        if (!(TransactionSynchronizationManager.getResource(known.key()) instanceof ConnectionHolder holder)) {
            throw new MisconfigurationException(
                    "The app's transaction manager " + manager().getClass().getSimpleName()
                            + " does not expose the connection of its transaction, so the run cannot be committed"
                            + " with it.",
                    "Use Hibernate for JPA, or define a bean of type " + RunTransactions.class.getName()
                            + " that begins transactions on this database.");
        }
        return BoundAliases.bind(holder, known.aliases());
    }
}
