package io.github.bellhop.test.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Lets an app with a starter run in tests without configuration. Sets a random secret, and an SQLite file for the
 * tables if Bellhop does not support the app's database, such as H2. Any explicit setting takes precedence.
 */
final class TestDefaults implements ContextCustomizerFactory {
    private static final String STARTER = "io.github.bellhop.spring.BellhopAutoConfiguration";

    private static final List<String> FILES = List.of("bellhop.db", "bellhop.db-wal", "bellhop.db-shm");

    /** Called by Spring. */
    TestDefaults() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return ClassUtils.isPresent(STARTER, testClass.getClassLoader()) ? new Defaults() : null;
    }

    /** All instances are equal, so that tests can still share contexts. */
    private record Defaults() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
            Map<String, Object> values = new HashMap<>();
            values.put("CLERK_WEBHOOK_SIGNING_SECRET", secret());
            values.put("bellhop.test.database-url", "jdbc:sqlite:" + file());
            context.getEnvironment().getPropertySources().addLast(new MapPropertySource("bellhop-test", values));
        }
    }

    private static String secret() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private static Path file() {
        try {
            Path folder = Files.createTempDirectory("bellhop-test");
            folder.toFile().deleteOnExit();
            FILES.forEach(name -> folder.resolve(name).toFile().deleteOnExit());
            return folder.resolve(FILES.get(0));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
