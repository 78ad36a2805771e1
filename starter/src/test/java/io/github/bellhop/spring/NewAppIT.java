package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.spring.NewApp.Running;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows the documented quick start: one dependency, one property, one method. The test writes the app into an empty
 * folder, builds it with Maven and the jars of this build, and starts it as a process. It runs after the
 * {@code package} phase, when these jars exist.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Creating links there requires a permission that few users have.")
@EnabledIfSystemProperty(named = "bellhop.build.module", matches = ".+")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewAppIT {
    private static final String CODE = """
            package com.example;

            import io.github.bellhop.event.UserEvent;
            import io.github.bellhop.spring.OnClerkEvent;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;

            @SpringBootApplication
            public class App {
                public static void main(String[] arguments) {
                    SpringApplication.run(App.class, arguments);
                }

                @OnClerkEvent("welcome")
                void greet(UserEvent.Created created) {
                    System.out.println("Welcome, " + created.data().firstName() + "!");
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void receivesAndMirrorsAnEventAndCallsTheMethod() throws Exception {
        NewApp app = new NewApp(folder.resolve("app"), NewApp.Build.ofThis());
        app.write("src/main/java/com/example/App.java", CODE);
        app.write("src/main/resources/application.properties", "bellhop.signing-secret=" + Wire.SECRET + "\n");
        app.build(folder.resolve("repository"));
        try (Running running = app.start()) {
            SignedEvent event = SignedEvents.with(Wire.SECRET)
                    .event("user.created", user -> user.id("user_new").set("data.first_name", "Ann"));
            assertThat(new Wire(running.port()).deliver(event).statusCode()).isEqualTo(200);
            String url = "jdbc:sqlite:" + folder.resolve("app/data/bellhop.db");
            assertThat(Rows.one(
                            Databases.unpooled(new DatabaseSettings(url, null, null)),
                            "select first_name from clerk_users where id = 'user_new'"))
                    .containsEntry("first_name", "Ann");
            assertThat(running.awaitLine("Welcome, .*")).isEqualTo("Welcome, Ann!");
        }
    }
}
