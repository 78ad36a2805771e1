package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Tests an app with a simulated Clerk whose users have had no events. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "bellhop.signing-secret=" + Wire.SECRET)
class FetchingAppTest {
    private static final ClerkSimulator CLERK = ClerkSimulator.start();

    @Autowired
    private ClerkUsers users;

    @Autowired
    private ClerkOrganizations organizations;

    @Autowired
    private JdbcTemplate jdbc;

    private final int port;

    FetchingAppTest(@Value("${local.server.port}") int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = TestDatabase.SQLITE.fresh().url();
        properties.add("spring.datasource.url", () -> url);
        properties.add("bellhop.backend-api.url", CLERK::url);
        // The starter falls back to this environment variable.
        properties.add("CLERK_SECRET_KEY", CLERK::secretKey);
    }

    @AfterAll
    static void close() {
        CLERK.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {}

    @Test
    void fetchesUsersWithoutEvents() {
        JsonNode somebody = CLERK.clerk().users().createInvented();
        String id = somebody.path("id").stringValue();
        assertThat(users.find(id)).isEmpty();
        ClerkUser fetched = users.getOrFetch(id).orElseThrow();
        assertThat(fetched.firstName()).isEqualTo(somebody.path("first_name").stringValue());
        assertThat(fetched.primaryEmail()).isNotNull();
        assertThat(users.findByEmail(fetched.primaryEmail()))
                .extracting(owner -> owner.user().id())
                .containsExactly(id);
        assertThat(jdbc.queryForList("select first_name from clerk_users where id = ?", String.class, id))
                .containsExactly(fetched.firstName());
        assertThat(users.getOrFetch("user_nobody")).isEmpty();
    }

    @Test
    void appliesLaterEventsToFetchedUsers() {
        String id = CLERK.clerk().users().createInvented().path("id").stringValue();
        String organization =
                CLERK.clerk().organizations().createInvented(id).path("id").stringValue();
        assertThat(users.getOrFetch(id).orElseThrow().banned()).isFalse();
        assertThat(organizations.getOrFetch(organization)).isPresent();

        SimulatedEndpoint unused = CLERK.deliverTo(URI.create("http://localhost:" + port + Wire.PATH), Wire.SECRET);
        CLERK.clerk().users().ban(id);
        CLERK.clerk().organizations().delete(organization);
        CLERK.awaitDelivered(Duration.ofSeconds(20));
        assertThat(users.getOrFetch(id).orElseThrow().banned()).isTrue();
        assertThat(organizations.getOrFetch(organization)).isEmpty();
    }
}
