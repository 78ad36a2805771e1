package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.event.OrganizationEvent;
import io.github.bellhop.event.OrganizationMembershipEvent;
import io.github.bellhop.event.RoleEvent;
import io.github.bellhop.event.SessionEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import io.github.bellhop.sync.handle.RunGate;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.MirrorRow;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import io.github.bellhop.test.TestClock;
import io.github.bellhop.test.spring.HandlerCalls;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/**
 * Tests the test kit with a running app. The test sets neither path nor port; the app has no secret, and its database
 * is not supported by Bellhop.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.path=/hooks",
            "logging.level.io.github.bellhop.receiver=WARN",
            "server.servlet.context-path=/app",
            "spring.datasource.url=jdbc:h2:mem:kit",
            "spring.flyway.enabled=false"
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

    @Autowired
    private TestClock clock;

    @Autowired
    private HandlerCalls calls;

    @Autowired
    private RunGate gate;

    @Autowired
    private SyncEngine engine;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class App {
        /** Makes the body of a request with a query string readable twice, as some apps do to log it. */
        @Bean
        FilterRegistrationBean<Filter> repeatableBodies() {
            FilterRegistrationBean<Filter> filter =
                    new FilterRegistrationBean<>((request, response, chain) -> chain.doFilter(
                            ((HttpServletRequest) request).getQueryString() == null
                                    ? request
                                    : new RepeatableRequest((HttpServletRequest) request),
                            response));
            filter.setAsyncSupported(true);
            return filter;
        }
    }

    static final class RepeatableRequest extends HttpServletRequestWrapper {
        RepeatableRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return body.isFinished();
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read() throws IOException {
                    return body.read();
                }
            };
        }
    }

    @Test
    void namesAWrapperThatHidesTheBody(@Value("${local.server.port}") int port, CapturedOutput output)
            throws Exception {
        HttpResponse<String> answer =
                new Wire(port).deliver(events.event(UserEvent.Created.class), "/app/hooks?wrapped");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("request-wrapped");
        assertThat(output).contains("TestKitTest$RepeatableRequest");
    }

    @Component
    static class Listener {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final Set<String> done = ConcurrentHashMap.newKeySet();

        /** Completes at the second call. */
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

        @OnClerkEvent("profile")
        void user(UserEvent.Updated updated) {}

        /** Completes at the second call, half a day after the first. */
        @OnClerkEvent(value = "in-the-night", firstDelay = "12h", maxDelay = "12h")
        void role(RoleEvent.Created created, HandlerRun run) {
            if (run.attempt() == 1) {
                throw new IllegalStateException("too early");
            }
        }

        @OnClerkEvent("tomorrow")
        HandlerOutcome membership(OrganizationMembershipEvent.Created created) {
            return HandlerOutcome.retryAt(Instant.now().plus(Duration.ofDays(1)));
        }
    }

    @Test
    void readsDeliveredEntitiesFromTheMirror() {
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
    void describesFailedAssertions() {
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
        assertThatThrownBy(() -> mirror.row("clerk_user", "user_bob")).hasMessageContaining("Unknown table clerk_user");
        deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_bob")));
        assertThatThrownBy(() -> mirror.user("user_bob").isLive()).hasMessageContaining("was deleted at 20");
    }

    @Test
    void explainsWhyADeliveryWasRejected() {
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
        assertThatThrownBy(() -> mirror.awaitHandlers(created)).hasMessageContaining("was not stored");
        mirror.awaitHandlers(deliveries.deliver(created));
        assertThat(listener.done).contains("org_awaited");
    }

    @Test
    void namesTheHandlerThatIsNotDone() {
        SignedEvent given = deliveries.deliver(events.event(SessionEvent.Created.class));
        assertThatThrownBy(() -> mirror.awaitHandlers(given))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never (")
                .hasMessageContaining("not-wanted")
                .hasMessageContaining("gave up");
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

    @Test
    void movesTheClockToTheNextAttempt() {
        SignedEvent event = deliveries.deliver(events.event(RoleEvent.Created.class));
        calls.called(event, "in-the-night");
        mirror.eventually(() -> assertThat(calls.count(event, "in-the-night")).isEqualTo(1));
        assertThatThrownBy(() -> mirror.awaitHandlers(event, Duration.ofMillis(100)))
                .hasMessageContaining("attempts: 1");
        clock.advance(Duration.ofDays(1));
        mirror.awaitHandlers(event);
        assertThat(calls.count(event, "in-the-night")).isEqualTo(2);
        assertThat(deliveries.post(events.event(UserEvent.Created.class)).isKept())
                .as("signed by the same clock")
                .isTrue();
    }

    @Test
    void reportsEventsSkippedAsStale() {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        SignedEvent newer = deliveries.deliver(events.user(
                UserEvent.Updated.class, user -> user.id("user_stale").updatedAt(now)));
        SignedEvent older = deliveries.deliver(events.user(
                UserEvent.Updated.class, user -> user.id("user_stale").updatedAt(now.minusSeconds(60))));
        mirror.isMirrored(newer);
        mirror.isStale(older);
        calls.called(newer, "profile");
        calls.neverCalled(older, "profile");
        assertThatThrownBy(() -> mirror.isStale(newer)).hasMessageContaining("is mirrored, not stale");
        assertThatThrownBy(() -> calls.neverCalled(newer, "profile")).hasMessageContaining("profile was called");
    }

    @Test
    void comparesValuesInsideJson() {
        deliveries.deliver(events.user(
                UserEvent.Created.class,
                user -> user.id("user_json").publicMetadata(Map.of("plan", Map.of("name", "pro", "seats", 3L)))));
        MirrorRow row = mirror.user("user_json")
                .hasJson("public_metadata", "plan.name", "pro")
                .hasJson("public_metadata", "plan.seats", 3)
                .hasJson("public_metadata", "plan.trial", null);
        assertThatThrownBy(() -> row.hasJson("public_metadata", "plan.name", "free"))
                .hasMessageContaining("\"pro\" at plan.name");
        assertThatThrownBy(() -> row.hasJson("first_name", "plan", "free")).hasMessageContaining("no JSON");
    }

    @Test
    void emptiesTheTables() {
        SignedEvent event = deliveries.deliver(events.user(UserEvent.Created.class, user -> user.id("user_cleared")));
        mirror.clear();
        mirror.user("user_cleared").isAbsent();
        assertThatThrownBy(() -> mirror.awaitHandlers(event)).hasMessageContaining("was not stored");
        mirror.user(deliveries.deliver(event).entityId()).isLive();
    }

    @Test
    void claimsNothingWhileTheGateIsClosed() {
        gate.close();
        SignedEvent event = deliveries.deliver(events.user(UserEvent.Updated.class, user -> user.id("user_gate")));
        assertThat(engine.handlerWorker().runOnce()).isFalse();
        assertThat(calls.count(event, "profile")).isZero();
        gate.open();
        mirror.awaitHandlers(event);
        assertThat(calls.count(event, "profile")).isEqualTo(1);
    }
}
