package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerWorker;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.LoggerFactory;
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

/** Tests handlers that fail or never return, on virtual threads if available, in an app that logs no stack traces. */
@DirtiesContext
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.signing-secret=" + Wire.SECRET,
            "bellhop.handlers.log-stack=false",
            "spring.threads.virtual.enabled=true",
            "spring.datasource.hikari.maximum-pool-size=15",
            "spring.flyway.enabled=false",
            "management.endpoint.health.show-details=always"
        })
class HandlerFaultsAppTest {
    private static final String WORDS = "words of the handler";
    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final Queue<String> CALLS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> INTERRUPTED = new ConcurrentLinkedQueue<>();

    private final Logger engine = (Logger) LoggerFactory.getLogger(HandlerWorker.class.getPackageName());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SignedEvents events = SignedEvents.with(Wire.SECRET);

    @Autowired
    private JdbcTemplate jdbc;

    private final Wire wire;

    HandlerFaultsAppTest(@Value("${local.server.port}") int port) {
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
        Troubled troubled() {
            return new Troubled();
        }
    }

    static class Troubled {
        @OnClerkEvent(value = "deaf", timeout = "300ms", attempts = "2", firstDelay = "100ms")
        void ignoreInterrupts(UserEvent.Created created) {
            String id = String.valueOf(created.data().id());
            boolean virtual = Thread.currentThread().toString().startsWith("VirtualThread");
            CALLS.add(id + (virtual ? " virtual" : " platform"));
            while (id.startsWith("user_deaf") && RELEASED.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                if (Thread.interrupted()) {
                    INTERRUPTED.add(id);
                }
            }
        }

        @OnClerkEvent(value = "failing", attempts = "2", firstDelay = "1h")
        void fail(UserEvent.Created created) {
            if (String.valueOf(created.data().id()).startsWith("user_fails")) {
                throw new IllegalStateException(WORDS);
            }
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        engine.setLevel(Level.INFO);
        engine.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        engine.detachAppender(log);
        engine.setLevel(null);
    }

    @AfterAll
    static void release() {
        RELEASED.countDown();
    }

    private String deliver(String user) throws Exception {
        var event = events.event("user.created", changed -> changed.id(user));
        assertThat(wire.deliver(event).statusCode()).isEqualTo(200);
        return event.messageId();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }

    private List<Map<String, Object>> runs(String messageId, String handler) {
        return jdbc.queryForList(
                "select reason, detail, attempts, died_at is not null as dead from bellhop_handler_runs"
                        + " where message_id = ? and handler = ?",
                messageId,
                handler);
    }

    @Test
    void namesOnlyTheClassWithoutLogStack() throws Exception {
        String message = deliver("user_fails_1");
        await("the run has failed", () -> runs(message, "failing").get(0).get("reason") != null);
        assertThat(runs(message, "failing"))
                .singleElement()
                .satisfies(run -> assertThat(run)
                        .containsEntry("reason", "IllegalStateException")
                        .containsEntry("detail", null));
        await("the failure is logged", () -> log.list.stream().anyMatch(event -> event.getLevel() == Level.WARN));
        assertThat(List.copyOf(log.list)).allSatisfy(event -> {
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getFormattedMessage()).doesNotContain(WORDS);
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void givesUpARunWhoseHandlerIsStuckOnAVirtualThread() throws Exception {
        String message = deliver("user_deaf_1");
        await("the run is dead", () -> runs(message, "deaf").get(0).get("dead").equals(true));
        assertThat(runs(message, "deaf").get(0))
                .containsEntry("reason", "timed-out")
                .containsEntry("attempts", 2);
        assertThat(INTERRUPTED).contains("user_deaf_1");
        assertThat(CALLS).filteredOn(call -> call.startsWith("user_deaf_1")).containsExactly("user_deaf_1 virtual");
        await(
                "the handler is abandoned",
                () -> log.list.stream()
                        .anyMatch(event -> event.getFormattedMessage().contains("ignored its timeout of 300 ms")));
        for (int i = 0; i < 8; i++) {
            String user = "user_after_" + i;
            String later = deliver(user);
            await("its slot is reused", () -> runs(later, "deaf").isEmpty());
            assertThat(CALLS).contains(user + " virtual");
        }
    }

    @Test
    void showsStuckAndFailingHandlersInHealth() throws Exception {
        String unused = deliver("user_deaf_2") + deliver("user_fails_2");
        await("health reports it", () -> {
            String health = wire.get("/actuator/health").body();
            return health.matches("(?s).*\"bellhop\":\\{.*\"failing\":[1-9].*\"stuck\":\\{\"deaf\":[1-9].*");
        });
        assertThat(wire.get("/actuator/health").body()).contains("\"status\":\"UP\"");
    }
}
