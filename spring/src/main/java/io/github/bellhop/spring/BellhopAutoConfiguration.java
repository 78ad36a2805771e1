package io.github.bellhop.spring;

import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.handle.RunEnvironment;
import io.github.bellhop.sync.handle.RunGate;
import io.github.bellhop.sync.handle.RunTransactions;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.ClassUtils;

/**
 * The engine on the app's database, started and stopped with the app. A bean that the app defines replaces the bean of
 * the same type.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(BellhopProperties.class)
public final class BellhopAutoConfiguration {
    private static final String SPRING_JDBC = "org.springframework.jdbc.datasource.DataSourceTransactionManager";

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** Called by Spring. */
    public BellhopAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    BellhopMeters bellhopMeters(ObjectProvider<MeterRegistry> registries) {
        return BellhopMeters.of(registries);
    }

    @Bean
    @ConditionalOnMissingBean({Database.class, ChosenDatabase.class})
    ChosenDatabase bellhopChosenDatabase(
            BellhopProperties properties, Environment environment, ObjectProvider<DataSource> dataSources) {
        return ChosenDatabase.of(properties, environment, dataSources);
    }

    @Bean
    @ConditionalOnMissingBean
    Database bellhopDatabase(ChosenDatabase chosen) {
        return chosen.database();
    }

    @Bean
    @ConditionalOnMissingBean
    SyncSettings bellhopSyncSettings(BellhopProperties properties) {
        return EngineSettings.sync(properties);
    }

    @Bean
    @ConditionalOnMissingBean({Handlers.class, HandlerMethods.class})
    HandlerMethods bellhopHandlerMethods(ConfigurableListableBeanFactory beans) {
        return new HandlerMethods(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    Handlers bellhopHandlers(HandlerMethods methods) {
        return methods.handlers();
    }

    /** Runs handlers in the app's own transactions if the engine uses the app's database. */
    @Bean
    @ConditionalOnMissingBean
    RunTransactions bellhopRunTransactions(
            ListableBeanFactory beans, Database database, ObjectProvider<ChosenDatabase> chosen) {
        DataSource ofApp = ofApp(database, chosen);
        return ofApp == null
                ? RunTransactions.of(database)
                : new AppTransactions(database, new AppResources(database.dataSource(), ofApp, beans));
    }

    /** The app's DataSource for Bellhop's database; null if the app has no transactions on it. */
    private static @Nullable DataSource ofApp(Database database, ObjectProvider<ChosenDatabase> chosen) {
        if (!hasSpringJdbc()) {
            return null;
        }
        ChosenDatabase ofBellhop = chosen.getIfAvailable();
        return ofBellhop == null ? database.dataSource() : ofBellhop.ofApp();
    }

    static boolean hasSpringJdbc() {
        return ClassUtils.isPresent(SPRING_JDBC, BellhopAutoConfiguration.class.getClassLoader());
    }

    @Bean
    @ConditionalOnMissingBean
    FinderDatabase bellhopFinderDatabase(Database database, ObjectProvider<ChosenDatabase> chosen) {
        DataSource ofApp = ofApp(database, chosen);
        return ofApp == null ? FinderDatabase.apart(database) : ReadingDataSource.finders(database, ofApp);
    }

    /** The gate is closed while the app is paused and, in tests, while another context is under test. */
    @Bean
    @ConditionalOnMissingBean
    RunGate bellhopRunGate() {
        return new RunGate();
    }

    @Bean
    @ConditionalOnMissingBean
    RunEnvironment bellhopRunEnvironment(
            BellhopProperties properties,
            Database database,
            RunTransactions transactions,
            RunGate gate,
            Environment environment,
            ObjectProvider<ObservationRegistry> observations) {
        boolean virtual = environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
                && Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        return new RunEnvironment(
                EngineSettings.threads(properties.handlers().threads(), database.dialect()),
                gate.around(transactions),
                virtual
                        ? new VirtualThreadTaskExecutor("bellhop-handlers-").getVirtualThreadFactory()
                        : RunEnvironment.daemons(),
                observations.getIfUnique(() -> ObservationRegistry.NOOP),
                properties.handlers().logStack());
    }

    @Bean
    @ConditionalOnMissingBean
    SyncEngine bellhopEngine(
            Database database,
            SyncSettings settings,
            Handlers handlers,
            RunEnvironment environment,
            BellhopMeters meters) {
        return new SyncEngine(database, settings, handlers, environment, meters.registry());
    }

    @Bean
    @ConditionalOnMissingBean
    ChosenFetcher bellhopFetcher(
            BellhopProperties properties,
            Environment environment,
            Database database,
            SyncSettings settings,
            BellhopMeters meters,
            ObjectProvider<Fetcher> ofApp) {
        Fetcher own = ofApp.getIfAvailable();
        return own == null
                ? ChosenFetcher.of(properties, environment, database, settings, meters)
                : new ChosenFetcher(own);
    }

    @Bean
    @ConditionalOnMissingBean
    ClerkUsers bellhopUsers(FinderDatabase database, SyncSettings settings, ChosenFetcher fetcher) {
        return fetcher.users(database, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    ClerkOrganizations bellhopOrganizations(FinderDatabase database, SyncSettings settings, ChosenFetcher fetcher) {
        return fetcher.organizations(database, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    BellhopLifecycle bellhopLifecycle(
            SyncEngine engine, BellhopProperties properties, RunGate gate, ApplicationContext context) {
        return new BellhopLifecycle(engine, properties.schema(), gate, StartChecks.of(context, properties), context);
    }
}
