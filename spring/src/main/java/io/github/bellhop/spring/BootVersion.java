package io.github.bellhop.spring;

import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** Stops the start of an app on another Spring Boot than its starter is for, before a class is missed. */
final class BootVersion implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** The first number of a version of Spring Boot, and a type that only its starter has. */
    private static final Map<Integer, String> STARTERS = Map.of(
            3, "io.github.bellhop.spring.boot3.BellhopHealthAutoConfiguration",
            4, "io.github.bellhop.spring.boot.BellhopHealthAutoConfiguration");

    /** For Spring. */
    BootVersion() {}

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        STARTERS.forEach((generation, type) -> {
            if (ClassUtils.isPresent(type, BootVersion.class.getClassLoader())) {
                require(generation, SpringBootVersion.getVersion());
            }
        });
    }

    /**
     * Refuses another Spring Boot.
     *
     * @param generation the first number of the version that the starter is for
     * @throws MisconfigurationException when it is another; the message names the right starter
     */
    static void require(int generation, String version) {
        if (!version.startsWith(generation + ".")) {
            throw new MisconfigurationException(
                    "The app runs on Spring Boot " + version + ", and " + starter(generation) + " is for Spring Boot "
                            + generation + ".",
                    "Depend on io.github.bellhop:" + starter(version.startsWith("3.") ? 3 : 4) + " instead.");
        }
    }

    private static String starter(int generation) {
        return generation == 3 ? "bellhop-spring-boot3-starter" : "bellhop-spring-boot-starter";
    }
}
