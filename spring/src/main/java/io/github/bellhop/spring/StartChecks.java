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

/** The checks before an app's first handler is called. Each returns a warning or null. */
final class StartChecks {
    /** One connection each for writing, retries, cleanup and polling, and one for finders and health. */
    private static final int OWN_CONNECTIONS = 5;

    /** The class names in Boot 3.5 and in Boot 4. */
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

    /** Warns if a web app does not receive deliveries because it is reactive; Bellhop's receiver is a servlet. */
    static @Nullable String deliveries(ApplicationContext context, String path) {
        return !isReactive(context) || context.containsBean("bellhopWebhook")
                ? null
                : "Deliveries are not received at " + path + ": this is a WebFlux app, and Bellhop's receiver is a"
                        + " servlet. Use Spring MVC (spring-boot-starter-webmvc, or spring-boot-starter-web on Boot"
                        + " 3.5) instead of WebFlux, or run `bellhop serve` on the same database";
    }

    private static boolean isReactive(ApplicationContext context) {
        ClassLoader classes = StartChecks.class.getClassLoader();
        return REACTIVE.stream()
                .filter(name -> ClassUtils.isPresent(name, classes))
                .anyMatch(name -> ClassUtils.resolveClassName(name, classes).isInstance(context));
    }

    /** Warns about annotated methods that are not called because the app defines its own {@code Handlers} bean. */
    static @Nullable String replaced(ConfigurableListableBeanFactory beans) {
        List<String> names = HandlerMethods.annotatedIn(beans);
        return names.isEmpty()
                ? null
                : "These @OnClerkEvent methods are not called, because the app defines its own Handlers bean: "
                        + String.join(", ", names)
                        + ". Remove the bean or the annotations";
    }

    /**
     * Compares the size of the app's pool with the number of connections that Bellhop uses.
     *
     * @param ofApp null if the database is not the app's
     * @param runs  how many handlers may run in parallel; 0 without handlers
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
                        + " of them at once (" + OWN_CONNECTIONS + " of its own and " + runs + " for handlers)."
                        + " Increase spring.datasource.hikari.maximum-pool-size to " + used
                        + " plus the connections that the app needs, set bellhop.database.url, or reduce"
                        + " bellhop.handlers.threads";
    }
}
