package io.github.bellhop.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.test.ClerkSimulation;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import io.github.bellhop.test.UserBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.signing-secret=" + ShopApplicationTest.SECRET,
            "spring.security.user.password=for-the-test",
            "shop.mail-interval=1h"
        })
class ShopApplicationTest {
    static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgc2hvcCdzIHRlc3Rz";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Queue<String> SENT = new ConcurrentLinkedQueue<>();

    @Autowired
    private SignedEvents events;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private Mirror mirror;

    @Autowired
    private Postman postman;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Customers customers;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @TestConfiguration
    static class Surroundings {
        @Bean
        EmbeddedPostgres postgres() throws IOException {
            // The server stops with the context, after the beans that use it.
            return EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
        }

        @Bean
        DataSource database(EmbeddedPostgres postgres) {
            return DataSourceBuilder.create()
                    .url(postgres.getJdbcUrl("postgres", "postgres"))
                    .build();
        }

        @Bean
        MailTransport transport() {
            return (key, recipient, text) -> SENT.add(recipient + ": " + text);
        }
    }

    @Test
    void welcomesEachUserOnce() {
        SignedEvent ann = events.user(
                UserEvent.Created.class,
                user -> user.id("user_ann").firstName("Ann").email("ann@example.com"));
        mirror.awaitHandlers(deliveries.deliver(ann));
        postman.sendMails();
        mirror.awaitHandlers(deliveries.deliver(ann));
        postman.sendMails();
        assertThat(SENT).filteredOn(mail -> mail.startsWith("ann@")).containsExactly("ann@example.com: Welcome, Ann!");
    }

    /** Runs the complete flow with a simulated Clerk: users sign up, create organizations and sign in. */
    @Test
    @ClerkSimulation
    void keepsUpWithClerk(ClerkSimulator clerk) throws Exception {
        clerk.deliverTo(URI.create("http://localhost:" + port + "/api/webhooks/clerk"), SECRET);
        String founder = clerk.clerk().users().createInvented().path("id").stringValue();
        String acme =
                clerk.clerk().organizations().createInvented(founder).path("id").stringValue();
        clerk.clerk().sessions().signIn(founder);
        clerk.awaitDelivered(PATIENCE);

        mirror.membership(founder, acme).isLive();
        assertThat(get("/sign-ins")).contains("session.created");
        awaitTenant(acme, true);
        assertThat(get("/tenants")).contains("\"plan\":\"trial\"").contains("\"members\":1");

        clerk.clerk().organizations().delete(acme);
        clerk.awaitDelivered(PATIENCE);
        mirror.organization(acme).isDeleted();
        awaitTenant(acme, false);
        assertThat(get("/tenants")).doesNotContain("trial");
    }

    private void awaitTenant(String id, boolean there) {
        Awaitility.await().atMost(PATIENCE).until(() -> tenants.existsById(id) == there);
    }

    /** Runs the documented steps for an app's own table of users. */
    @Test
    void keepsItsOwnTableOfUsersInSync() {
        long early = customers.idOf("user_eve");
        handle(
                UserEvent.Created.class,
                user -> user.id("user_eve").firstName("Eve").email("eve@example.com"));
        assertThat(customer("user_eve")).containsExactly(early, "Eve", "eve@example.com", false);
        handle(
                UserEvent.Updated.class,
                user -> user.id("user_eve").firstName("Eva").email("eva@example.com"));
        assertThat(customer("user_eve")).containsExactly(early, "Eva", "eva@example.com", false);

        jdbc.sql("insert into orders (customer_id, article) values (?, 'hat')")
                .param(early)
                .update();
        handle(UserEvent.Deleted.class, user -> user.id("user_eve"));
        assertThat(customer("user_eve")).containsExactly(early, null, null, true);

        handle(UserEvent.Created.class, user -> user.id("user_fay").firstName("Fay"));
        jdbc.sql("delete from customers where clerk_user_id = 'user_fay'").update();
        customers.takeOver();
        assertThat(customer("user_fay")).contains("Fay");
        assertThat(customer("user_eve")).as("not imported a second time").containsExactly(early, null, null, true);
    }

    private void handle(Class<? extends UserEvent> type, Consumer<UserBuilder> changes) {
        mirror.awaitHandlers(deliveries.deliver(events.user(type, changes)));
    }

    private List<Object> customer(String clerkUserId) {
        return jdbc.sql("select id, name, email, left_at is not null from customers where clerk_user_id = ?")
                .param(clerkUserId)
                .query((row, number) ->
                        Arrays.asList(row.getLong(1), row.getObject(2), row.getObject(3), row.getObject(4)))
                .single();
    }

    @Test
    void requiresALogin() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sign-ins"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private String get(String path) throws Exception {
        String credentials = Base64.getEncoder().encodeToString("user:for-the-test".getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Authorization", "Basic " + credentials)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
