package io.github.bellhop.spring.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

class UnusedFlywayTest {
    private static final SpringApplication WITHOUT_MIGRATIONS =
            new SpringApplication(new DefaultResourceLoader(new ClassLoader() {
                @Override
                public @Nullable URL getResource(String name) {
                    return name.equals("db/migration") ? null : super.getResource(name);
                }
            }));

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void staysDisabledWithoutMigrations() {
        new UnusedFlyway().postProcessEnvironment(environment, WITHOUT_MIGRATIONS);
        assertThat(environment.getProperty("spring.flyway.enabled")).isEqualTo("false");
    }

    @Test
    void staysEnabledIfTheAppHasMigrations() {
        new UnusedFlyway().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty("spring.flyway.enabled")).isNull();
    }

    @Test
    void staysEnabledIfTheAppSetsAnyOfItsProperties() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("app", Map.of("spring.flyway.locations", "classpath:sql")));
        new UnusedFlyway().postProcessEnvironment(environment, WITHOUT_MIGRATIONS);
        assertThat(environment.getProperty("spring.flyway.enabled")).isNull();
    }
}
