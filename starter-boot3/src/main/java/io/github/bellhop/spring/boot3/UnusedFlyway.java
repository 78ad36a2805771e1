package io.github.bellhop.spring.boot3;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Keeps Boot's own Flyway disabled in an app without migrations. Bellhop depends on Flyway, so Boot 3.5 would
 * enable it, and the app would fail on a database that is not empty. Does nothing if the app sets any
 * {@code spring.flyway} property or has a folder {@code db/migration}.
 */
final class UnusedFlyway implements EnvironmentPostProcessor {
    private static final String MIGRATIONS = "db/migration";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean mentioned =
                Binder.get(environment).bind("spring.flyway", Map.class).isBound();
        ClassLoader loader = application.getResourceLoader() == null
                ? ClassUtils.getDefaultClassLoader()
                : application.getResourceLoader().getClassLoader();
        if (!mentioned && loader != null && loader.getResource(MIGRATIONS) == null) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("bellhop", Map.of("spring.flyway.enabled", false)));
        }
    }
}
