package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.event.OrganizationEvent;
import io.github.bellhop.event.OrganizationMembershipEvent;
import io.github.bellhop.event.SessionEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the test kit gives to a test of a running app: no secret, path or port is told to it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"bellhop.signing-secret=" + Wire.SECRET, "bellhop.path=/hooks", "server.servlet.context-path=/app"
        })
class TestKitTest {
    @Autowired
    private SignedEvents events;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private Mirror mirror;

    @Autowired
    private Listener listener;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = TestDatabase.SQLITE.fresh().url();
        properties.add("spring.datasource.url", () -> url);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class App {}

    @Component
    static class Listener {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final Set<String> done = ConcurrentHashMap.newKeySet();

        /** Done the second time. */
        @OnClerkEvent("second-time")
        HandlerOutcome organization(OrganizationEvent.Created created, HandlerRun run) {
            if (seen.add(run.messageId())) {
                return HandlerOutcome.retryAt(run.receivedAt());
            }
            done.add(created.data().id());
            return HandlerOutcome.done();
        }

        @OnClerkEvent("never")
        HandlerOutcome session(SessionEvent.Created created) {
            return HandlerOutcome.giveUp("not-wanted");
        }

        @OnClerkEvent("tomorrow")
        HandlerOutcome membership(OrganizationMembershipEvent.Created created) {
            return HandlerOutcome.retryAt(Instant.now().plus(Duration.ofDays(1)));
        }
    }

    @Test
    void readsInTheMirrorWhatWasDelivered() {
        Instant changed = Instant.parse("2026-03-01T10:00:00.250Z");
        deliveries.deliver(events.user(
                UserEvent.Created.class,
                user -> user.id("user_ann")
                        .firstName("Ann")
                        .lastName("123")
                        .username("ann")
                        .email("ann@example.com")
                        .externalId("77")
                        .publicMetadata(Map.of("plan", "pro"))
                        .banned(true)
                        .updatedAt(changed)));
        mirror.user("user_ann")
                .isLive()
                .has("first_name", "Ann")
                .has("last_name", "123")
                .has("username", "ann")
                .has("external_id", "77")
                .has("primary_email", "ann@example.com")
                .has("banned", true)
                .has("updated_at", changed)
                .has("deleted_at", null);
        deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_ann")));
        mirror.user("user_ann").isDeleted();
    }

    @Test
    void findsMembershipsAndSessions() {
        deliveries.deliver(events.organization(
                OrganizationEvent.Created.class,
                org -> org.id("org_a").name("A").slug("a")));
        deliveries.deliver(events.membership(
                OrganizationMembershipEvent.Created.class,
                membership ->
                        membership.user("user_member").organization("org_a").role("org:admin")));
        mirror.organization("org_a").isLive().has("name", "A").has("slug", "a");
        mirror.membership("user_member", "org_a").isLive().has("role", "org:admin");
        mirror.membership("user_member", "org_b").isAbsent();
        SignedEvent signIn = events.session(
                SessionEvent.Created.class,
                session ->
                        session.user("user_member").clientAddress("192.0.2.7").userAgent("curl"));
        mirror.session(deliveries.deliver(signIn).entityId()).isLive().has("user_id", "user_member");
        assertThat(signIn.typed(SessionEvent.Created.class).meta().clientIp()).isEqualTo("192.0.2.7");
    }

    @Test
    void saysWhatIsNotSo() {
        deliveries.deliver(
                events.user(UserEvent.Created.class, user -> user.id("user_bob").firstName("Bob")));
        assertThatThrownBy(() -> mirror.user("user_nobody").isLive())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("user_nobody (clerk_users) is not in the mirror");
        assertThatThrownBy(() -> mirror.user("user_bob").isDeleted()).hasMessageContaining("is not deleted");
        assertThatThrownBy(() -> mirror.user("user_bob").isAbsent()).hasMessageContaining("is in the mirror");
        assertThatThrownBy(() -> mirror.user("user_bob").has("first_name", "Ann"))
                .hasMessageContaining("first_name = Bob, not Ann");
        assertThatThrownBy(() -> mirror.user("user_bob").has("firstname", "Bob"))
                .hasMessageContaining("no column firstname");
        assertThatThrownBy(() -> mirror.row("clerk_user", "user_bob")).hasMessageContaining("no table clerk_user");
        deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_bob")));
        assertThatThrownBy(() -> mirror.user("user_bob").isLive()).hasMessageContaining("is deleted, since 20");
    }

    @Test
    void tellsWhyADeliveryWasRefused() {
        SignedEvent forged = events.event(UserEvent.Created.class).tampered();
        assertThatThrownBy(() -> deliveries.deliver(forged))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("400")
                .hasMessageContaining("no-matching-signature");
        assertThat(deliveries.post(forged).isKept()).isFalse();
        assertThatThrownBy(() -> events.event(UserEvent.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitsForHandlers() {
        SignedEvent created = events.organization(OrganizationEvent.Created.class, org -> org.id("org_awaited"));
        assertThatThrownBy(() -> mirror.awaitHandlers(created)).hasMessageContaining("was not kept");
        mirror.awaitHandlers(deliveries.deliver(created));
        assertThat(listener.done).contains("org_awaited");
    }

    @Test
    void saysWhichHandlerIsNotDone() {
        SignedEvent given = deliveries.deliver(events.event(SessionEvent.Created.class));
        assertThatThrownBy(() -> mirror.awaitHandlers(given))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never (")
                .hasMessageContaining("not-wanted")
                .hasMessageContaining("given up");
        mirror.hasDeadLetter(given, "never", "not-wanted");
        mirror.hasDeadLetter(given, "never", null);
        assertThatThrownBy(() -> mirror.hasDeadLetter(given, "never", "other")).hasMessageContaining("not-wanted");
        assertThatThrownBy(() -> mirror.hasDeadLetter(given, "second-time", null))
                .hasMessageContaining("no dead letter");
        SignedEvent waiting = deliveries.deliver(events.event(OrganizationMembershipEvent.Created.class));
        assertThatThrownBy(() -> mirror.awaitHandlers(waiting, Duration.ofMillis(100)))
                .hasMessageContaining("tomorrow (")
                .hasMessageContaining("not done");
    }
}
