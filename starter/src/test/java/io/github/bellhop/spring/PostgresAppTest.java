package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests a complete app on PostgreSQL with a context path, a security chain and its own migrations. */
@DirtiesContext
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "CLERK_WEBHOOK_SIGNING_SECRET=" + Wire.SECRET,
            "bellhop.path=/hooks/clerk",
            "server.servlet.context-path=/app",
            "management.endpoint.health.show-details=always"
        })
class PostgresAppTest {
    private static final String PATH = "/app/hooks/clerk";

    private final SignedEvents events = SignedEvents.with(Wire.SECRET);
    private final Wire wire;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Handlers handlers;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private Environment environment;

    PostgresAppTest(@Value("${local.server.port}") int port) {
        wire = new Wire(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Rows.execute(Databases.unpooled(settings), "drop schema public cascade");
        Rows.execute(Databases.unpooled(settings), "create schema public");
        properties.add("spring.datasource.url", settings::url);
        properties.add("spring.datasource.username", settings::user);
        properties.add("spring.datasource.password", settings::password);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        NoteTaker noteTaker(JdbcTemplate jdbc) {
            return new NoteTaker(jdbc);
        }

        /** The highest precedence, as in apps that make sure that their own chain applies. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain ofTheApp(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Test
    void writesTheRowBeforeAnsweringTheDelivery() throws Exception {
        SignedEvent event =
                events.event("user.created", user -> user.id("user_pg").set("data.first_name", "Ann"));
        assertThat(wire.deliver(event, PATH).statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForList("select first_name from clerk_users where id = 'user_pg'", String.class))
                .containsExactly("Ann");
        assertThat(registry.getMeters())
                .anyMatch(meter -> meter.getId().getName().startsWith("bellhop."));
    }

    @Test
    void keepsOtherPathsOfTheAppsChainProtected() throws Exception {
        SignedEvent event = events.event("user.created", user -> user.id("user_elsewhere"));
        assertThat(wire.get("/app/anything").statusCode()).isEqualTo(401);
        assertThat(wire.get(PATH).statusCode()).isEqualTo(401);
        assertThat(wire.deliver(event, PATH + "/").statusCode()).isIn(401, 403);
        assertThat(wire.deliver(event, "/hooks/clerk").statusCode()).isEqualTo(404);
    }

    @Test
    void contributesToTheAppsHealth() throws Exception {
        assertThat(wire.get("/app/actuator/health").body())
                .containsPattern("\"bellhop\":\\{[^}]*\"database\":\"PostgreSQL\"")
                .containsPattern("\"handlers\":\\{\"dead\":0,\"failing\":0,\"stuck\":\\{\\},\"waiting\":0\\}")
                .containsPattern("\"bellhop\":\\{(\"details\":\\{[^}]*\\}[^}]*\\}\\},)?\"status\":\"UP\"");
    }

    /** The same holds after a restart of the app, when both migration histories exist. */
    @Test
    void leavesTheAppsMigrationsAlone() {
        List<String> history = history();
        SpringApplication again = new SpringApplication(App.class);
        try (ConfigurableApplicationContext second = again.run(
                "--server.port=0",
                "--bellhop.signing-secret=" + Wire.SECRET,
                "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
                "--spring.datasource.username=" + environment.getProperty("spring.datasource.username"),
                "--spring.datasource.password=" + environment.getProperty("spring.datasource.password"))) {
            assertThat(second.isRunning()).isTrue();
        }
        assertThat(history()).isEqualTo(history);
        assertThat(jdbc.queryForList("select version from flyway_schema_history", String.class))
                .containsExactly("1");
        assertThat(jdbc.queryForObject("select count(*) from notes where text = 'none'", Integer.class))
                .isZero();
    }

    private List<String> history() {
        return jdbc.queryForList(
                "select version || ' ' || success from bellhop_schema_history order by installed_rank", String.class);
    }

    /** Each handler writes its note; handlers that roll back at the first call are retried. */
    @Test
    void callsHandlersInTheTransactionThatMarksThemDone() throws Exception {
        SignedEvent event = events.event("user.created", user -> user.id("user_noted"));
        assertThat(wire.deliver(event, PATH).statusCode()).isEqualTo(200);
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
