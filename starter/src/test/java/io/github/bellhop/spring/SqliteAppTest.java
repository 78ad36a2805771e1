package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tests a complete app on an SQLite file, with Boot's default security and its own migrations. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "bellhop.signing-secret=" + Wire.SECRET)
class SqliteAppTest {
    private final SignedEvents events = SignedEvents.with(Wire.SECRET);

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Handlers handlers;

    private final Wire wire;

    SqliteAppTest(@Value("${local.server.port}") int port) {
        wire = new Wire(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = TestDatabase.SQLITE.fresh().url();
        properties.add("spring.datasource.url", () -> url);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class App {
        @Bean
        NoteTaker noteTaker(JdbcTemplate jdbc) {
            return new NoteTaker(jdbc);
        }

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }
    }

    @Test
    void writesTheRowBeforeAnsweringTheDelivery() throws Exception {
        SignedEvent event =
                events.event("user.created", user -> user.id("user_sqlite").set("data.first_name", "Ann"));
        assertThat(wire.deliver(event).statusCode()).isEqualTo(200);
        assertThat(firstNames("user_sqlite")).containsExactly("Ann");
        assertThat(wire.deliver(event).statusCode()).isEqualTo(200);
        assertThat(firstNames("user_sqlite")).containsExactly("Ann");
    }

    private List<String> firstNames(String id) {
        return jdbc.queryForList("select first_name from clerk_users where id = ?", String.class, id);
    }

    @Test
    void rejectsUnsignedDeliveries() throws Exception {
        HttpResponse<String> answer = wire.deliver(
                events.event("user.created", user -> user.id("user_forged")).tampered());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no-matching-signature");
        assertThat(firstNames("user_forged")).isEmpty();
    }

    @Test
    void keepsOtherPathsProtectedByBootsSecurity() throws Exception {
        SignedEvent event = events.event("user.created", user -> user.id("user_elsewhere"));
        assertThat(wire.get("/hello").statusCode()).isEqualTo(401);
        assertThat(wire.get(Wire.PATH).statusCode()).isEqualTo(401);
        assertThat(wire.get(Wire.PATH + "/more").statusCode()).isEqualTo(401);
        assertThat(wire.deliver(event, Wire.PATH + "/").statusCode()).isIn(401, 403);
        assertThat(wire.deliver(event, "/hello").statusCode()).isIn(401, 403);
        assertThat(wire.deliver(event, "/api/webhooks/%63lerk").statusCode()).isIn(400, 401, 403);
        assertThat(firstNames("user_elsewhere")).isEmpty();
    }

    @Test
    void leavesTheAppsMigrationsAlone() {
        assertThat(jdbc.queryForObject("select count(*) from notes where text = 'none'", Integer.class))
                .isZero();
        assertThat(jdbc.queryForList("select version from flyway_schema_history", String.class))
                .containsExactly("1");
        assertThat(jdbc.queryForObject("select count(*) from bellhop_schema_history", Integer.class))
                .isPositive();
    }

    /** Each handler writes its note; handlers that roll back at the first call are retried. */
    @Test
    void callsHandlersInTheTransactionThatMarksThemDone() throws Exception {
        SignedEvent event = events.event("user.created", user -> user.id("user_noted"));
        assertThat(wire.deliver(event).statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.queryForList("select handler from bellhop_handler_runs", String.class)
                        .isEmpty());
        assertThat(jdbc.queryForList("select text from notes where text like '%user_noted'", String.class))
                .containsExactlyInAnyOrder("template user_noted", "transaction user_noted", "connection user_noted");
        assertThat(handlers.names())
                .containsExactlyInAnyOrder("by-template", "in-a-transaction", "noteTaker.onConnection");
    }
}
