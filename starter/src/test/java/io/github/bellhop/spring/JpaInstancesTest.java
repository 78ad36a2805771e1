package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerRun;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests two JPA apps on one PostgreSQL database. */
class JpaInstancesTest {
    private static final int EVENTS = 200;
    private static final int ENTITIES = 20;

    private static final List<String> CALLS = new ArrayList<>();
    private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();
    private static final Set<String> VIOLATIONS = ConcurrentHashMap.newKeySet();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        Recorder recorder(JpaNotes notes) {
            return new Recorder(notes);
        }
    }

    static class Recorder {
        private final JpaNotes notes;

        Recorder(JpaNotes notes) {
            this.notes = notes;
        }

        /** Fails once for every seventh message, after writing. */
        @OnClerkEvent(value = "recorder", stale = true, firstDelay = "100ms")
        void record(UserEvent.Updated updated, HandlerRun run) {
            String user = String.valueOf(updated.data().id());
            if (!UNDER_WAY.add(user)) {
                VIOLATIONS.add("two at once for " + user);
            }
            try {
                // The primary key would reject a second writer of the same message.
                notes.saveAndFlush(new JpaNote(run.messageId(), run.messageId()));
                if (run.attempt() == 1 && Math.floorMod(run.messageId().hashCode(), 7) == 0) {
                    throw new IllegalStateException("once");
                }
                synchronized (CALLS) {
                    CALLS.add(run.messageId());
                }
            } finally {
                UNDER_WAY.remove(user);
            }
        }
    }

    private static ConfigurableApplicationContext start(DatabaseSettings settings) {
        return new SpringApplication(App.class)
                .run(
                        "--server.port=0",
                        "--bellhop.signing-secret=" + Wire.SECRET,
                        "--spring.autoconfigure.exclude=",
                        "--spring.jpa.hibernate.ddl-auto=update",
                        "--spring.flyway.enabled=false",
                        "--spring.datasource.url=" + settings.url(),
                        "--spring.datasource.username=" + settings.user(),
                        "--spring.datasource.password=" + settings.password());
    }

    private static Wire wire(ConfigurableApplicationContext app) {
        return new Wire(Integer.parseInt(app.getEnvironment().getProperty("local.server.port", "0")));
    }

    @Test
    void handlesEachEventOnceAndInOrderPerEntity() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        SignedEvents events = SignedEvents.with(Wire.SECRET);
        try (ConfigurableApplicationContext first = start(settings);
                ConfigurableApplicationContext second = start(settings)) {
            List<Wire> wires = List.of(wire(first), wire(second));
            for (int i = 0; i < EVENTS; i++) {
                String id = "user_shared_" + i % ENTITIES;
                SignedEvent event = events.event("user.updated", user -> user.id(id));
                assertThat(wires.get(i % 2).deliver(event).statusCode()).isEqualTo(200);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Rows.count(Databases.unpooled(settings), "bellhop_handler_runs") == 0);
            JdbcTemplate jdbc = first.getBean(JdbcTemplate.class);
            assertThat(VIOLATIONS).isEmpty();
            assertThat(jdbc.queryForObject("select count(*) from jpa_notes", Integer.class))
                    .isEqualTo(EVENTS);
            assertThat(CALLS).hasSize(EVENTS);
            for (int entity = 0; entity < ENTITIES; entity++) {
                List<String> inOrder = jdbc.queryForList(
                        "select message_id from bellhop_inbox where entity_id = ? order by received_at, message_id",
                        String.class,
                        "user_shared_" + entity);
                assertThat(inOrder).hasSize(EVENTS / ENTITIES);
                assertThat(CALLS.stream().filter(inOrder::contains)).containsExactlyElementsOf(inOrder);
            }
        }
    }
}
