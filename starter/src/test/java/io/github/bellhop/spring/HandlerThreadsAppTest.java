package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests six handlers in parallel, with observation, and on virtual threads if available. */
@DirtiesContext
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.signing-secret=" + Wire.SECRET,
            "bellhop.handlers.threads=" + HandlerThreadsAppTest.THREADS,
            "spring.threads.virtual.enabled=true",
            "spring.datasource.hikari.maximum-pool-size=15",
            "spring.flyway.enabled=false"
        })
class HandlerThreadsAppTest {
    static final int THREADS = 6;

    private static final CountDownLatch ALL = new CountDownLatch(THREADS);
    private static final Set<String> KINDS = ConcurrentHashMap.newKeySet();
    private static final Queue<String> OBSERVED = new ConcurrentLinkedQueue<>();

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private final Wire wire;

    HandlerThreadsAppTest(@Value("${local.server.port}") int port) {
        wire = new Wire(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        properties.add("spring.datasource.url", settings::url);
        properties.add("spring.datasource.username", settings::user);
        properties.add("spring.datasource.password", settings::password);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        Waiter waiter(ObservationRegistry observations) {
            return new Waiter(observations);
        }
    }

    record Waiter(ObservationRegistry observations) {
        /** Returns only when all handlers are running. */
        @OnClerkEvent("waiter")
        void await(UserEvent.Created created) throws InterruptedException {
            KINDS.add(Thread.currentThread().toString().startsWith("VirtualThread") ? "virtual" : "platform");
            OBSERVED.add(String.valueOf(
                    observations.getCurrentObservation().getContextView().getName()));
            ALL.countDown();
            if (!ALL.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("alone");
            }
        }
    }

    @Test
    void callsAllHandlersInParallel() throws Exception {
        SignedEvents events = SignedEvents.with(Wire.SECRET);
        for (int i = 0; i < THREADS; i++) {
            String id = "user_at_once_" + i;
            assertThat(wire.deliver(events.event("user.created", user -> user.id(id)))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(ALL.await(120, TimeUnit.SECONDS)).as("all at once").isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.queryForList("select handler from bellhop_handler_runs", String.class)
                        .isEmpty());
        assertThat(KINDS).containsExactly(Runtime.version().feature() >= 21 ? "virtual" : "platform");
        assertThat(OBSERVED).hasSize(THREADS).containsOnly("bellhop.handler");
        assertThat(meters.get("bellhop.handler.runs").counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.count()).isEqualTo(THREADS));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Timer timer = meters.get("bellhop.handler").tag("outcome", "done").timer();
            assertThat(timer.count()).isEqualTo(THREADS);
            assertThat(timer.getId().getTag("type")).isEqualTo("user.created");
            assertThat(timer.getId().getTag("message.id")).isNull();
        });
    }
}
