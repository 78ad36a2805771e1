package io.github.bellhop.spring;

import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** Stops an app whose Spring Boot version does not match its starter, before it fails because of a missing class. */
final class BootVersion implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** The starter for each major version of Spring Boot. */
    private static final Map<Integer, String> STARTERS = Map.of(
            3, "io.github.bellhop.spring.boot3.BellhopHealthAutoConfiguration",
            4, "io.github.bellhop.spring.boot.BellhopHealthAutoConfiguration");

    /** Called by Spring. */
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
     * Throws if the version of Spring Boot does not match the starter.
     *
     * @param generation the major version that the starter is for
     * @throws MisconfigurationException if it does not match; the message names the right starter
     */
    static void require(int generation, String version) {
        if (!version.startsWith(generation + ".")) {
            throw new MisconfigurationException(
                    "The app uses Spring Boot " + version + ", but " + starter(generation) + " is for Spring Boot "
                            + generation + ".",
                    "Depend on io.github.bellhop:" + starter(version.startsWith("3.") ? 3 : 4) + " instead.");
        }
    }

    private static String starter(int generation) {
        return generation == 3 ? "bellhop-spring-boot3-starter" : "bellhop-spring-boot-starter";
    }
}
