package io.github.bellhop.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.svix.Webhook;
import com.svix.exceptions.WebhookVerificationException;
import io.github.bellhop.ClerkWebhooks;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.UserEvent;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SignedEventsTest {
    private static final String SECRET = "whsec_" + "dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMgb2YgdGVzdHM=";

    private final SignedEvents events = SignedEvents.with(SECRET);

    private static Map<String, List<String>> headers(SignedEvent event) {
        return event.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    @Test
    void isAcceptedBySvixAndBellhop() throws Exception {
        SignedEvent event =
                events.event("user.created", user -> user.id("user_1").set("data.first_name", "Ann"));
        new Webhook(SECRET)
                .verify(
                        new String(event.body(), StandardCharsets.UTF_8),
                        HttpHeaders.of(headers(event), (name, value) -> true));
        ClerkEvent parsed = ClerkWebhooks.withSecrets(SECRET)
                .verify(headers(event), event.body())
                .orThrow();
        assertThat(parsed).isInstanceOfSatisfying(UserEvent.Created.class, created -> {
            assertThat(created.data().id()).isEqualTo("user_1");
            assertThat(created.data().firstName()).isEqualTo("Ann");
            assertThat(created.meta().messageId()).isEqualTo(event.messageId());
        });
    }

    @Test
    void isRejectedAfterTampering() {
        SignedEvent event = events.event("session.created").tampered();
        assertThatThrownBy(() -> new Webhook(SECRET)
                        .verify(
                                new String(event.body(), StandardCharsets.UTF_8),
                                HttpHeaders.of(headers(event), (name, value) -> true)))
                .isInstanceOf(WebhookVerificationException.class)
                .hasMessage("No matching signature found");
    }

    @Test
    void producesTheSameBytesWithTheSameSeedAndClock() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        SignedEvent one = SignedEvents.with(SECRET, () -> now, 7).event("organization.created");
        SignedEvent same = SignedEvents.with(SECRET, () -> now, 7).event("organization.created");
        SignedEvent other = SignedEvents.with(SECRET, () -> now, 8).event("organization.created");
        assertThat(same.headers()).isEqualTo(one.headers());
        assertThat(same.body()).isEqualTo(one.body());
        assertThat(other.messageId()).isNotEqualTo(one.messageId());
    }

    @Test
    void signsAnyBody() throws Exception {
        SignedEvent event = events.body("{\"type\":\"tomorrow.came\"}".getBytes(StandardCharsets.UTF_8));
        new Webhook(SECRET)
                .verify(
                        new String(event.body(), StandardCharsets.UTF_8),
                        HttpHeaders.of(headers(event), (name, value) -> true));
    }
}
