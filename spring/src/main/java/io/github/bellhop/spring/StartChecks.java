package io.github.bellhop.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.handle.RunEnvironment;
import io.github.bellhop.sync.handle.RunTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** What is looked at in an app before its first handler is called. Each check returns a warning, or null. */
final class StartChecks {
    /** To write, to retry, to clear, to look, and to answer finders and health. */
    private static final int OWN_CONNECTIONS = 5;

    /** Of Boot 3.5 and of Boot 4. */
    private static final Set<String> REACTIVE = Set.of(
            "org.springframework.boot.web.reactive.context.ReactiveWebApplicationContext",
            "org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext");

    private StartChecks() {}

    static List<StartCheck> of(ApplicationContext context, BellhopProperties properties) {
        List<StartCheck> checks = new ArrayList<>();
        checks.add(() -> deliveries(context, properties.path()));
        checks.add(methods(context));
        Handlers handlers = context.getBean(Handlers.class);
        ChosenDatabase database = context.getBeanProvider(ChosenDatabase.class).getIfAvailable();
        if (database != null && database.own() == null && BellhopAutoConfiguration.hasSpringJdbc()) {
            int runs = handlers.isEmpty()
                    ? 0
                    : context.getBean(RunEnvironment.class).atOnce();
            checks.add(() -> pool(database.ofApp(), runs));
        }
        if (!handlers.isEmpty() && context.getBean(RunTransactions.class) instanceof StartCheck check) {
            checks.add(check);
        }
        return checks;
    }

    private static StartCheck methods(ApplicationContext context) {
        HandlerMethods methods = context.getBeanProvider(HandlerMethods.class).getIfAvailable();
        return methods == null
                ? () -> replaced((ConfigurableListableBeanFactory) context.getAutowireCapableBeanFactory())
                : methods;
    }

    /** Warns of a web app that takes no deliveries at the path, since Bellhop's receiver is a servlet. */
    static @Nullable String deliveries(ApplicationContext context, String path) {
        return !isReactive(context) || context.containsBean("bellhopWebhook")
                ? null
                : "No deliveries are taken at " + path + ": this is a WebFlux app, and Bellhop's receiver is a servlet."
                        + " Use Spring MVC (spring-boot-starter-webmvc, on Boot 3.5 spring-boot-starter-web) instead of"
                        + " WebFlux, or let the program `bellhop serve` take them into the same database";
    }

    private static boolean isReactive(ApplicationContext context) {
        ClassLoader classes = StartChecks.class.getClassLoader();
        return REACTIVE.stream()
                .filter(name -> ClassUtils.isPresent(name, classes))
                .anyMatch(name -> ClassUtils.resolveClassName(name, classes).isInstance(context));
    }

    /** Warns of annotated methods in an app whose own bean of {@code Handlers} takes their place. */
    static @Nullable String replaced(ConfigurableListableBeanFactory beans) {
        List<String> names = HandlerMethods.annotatedIn(beans);
        return names.isEmpty()
                ? null
                : "These @OnClerkEvent methods are not called, since the app has a bean of Handlers: "
                        + String.join(", ", names)
                        + ". Remove the bean, or the annotations";
    }

    /**
     * Compares the size of the app's pool with what Bellhop takes from it at once.
     *
     * @param ofApp null when the database is not the app's
     * @param runs  how many handlers may run at once; 0 without handlers
     */
    static @Nullable String pool(@Nullable DataSource ofApp, int runs) {
        if (ofApp == null || !(DataSourceTarget.of(ofApp) instanceof HikariDataSource pool)) {
            return null;
        }
        int used = OWN_CONNECTIONS + runs;
        int most = pool.getMaximumPoolSize();
        return most > used
                ? null
                : "The app's pool has at most " + most + " connections, and Bellhop uses up to " + used
                        + " of them at once (" + OWN_CONNECTIONS + " of its own and " + runs + " for handlers). Set"
                        + " spring.datasource.hikari.maximum-pool-size to " + used
                        + " and what the app itself needs, or set bellhop.database.url or a smaller"
                        + " bellhop.handlers.threads";
    }
}
