package io.github.bellhop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.ClerkWebhooks;
import io.github.bellhop.WebhookVerifier;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VerifyingTest {
    private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgc25pcHBldHMgaW4gZG9jcw==";

    private final List<String> ids = new ArrayList<>();

    private void welcome(String id) {
        ids.add(id);
    }

    private void take(String secret, Map<String, List<String>> headers, byte[] body) {
        WebhookVerifier webhooks = ClerkWebhooks.withSecrets(secret);

        ClerkEvent event = webhooks.verify(headers, body).orThrow();
        if (event instanceof UserEvent.Created created) {
            welcome(created.data().id());
        }
    }

    @Test
    void acceptsOnlySignedDeliveries() {
        SignedEvent event = SignedEvents.with(SECRET).user(UserEvent.Created.class, user -> user.id("user_1"));
        take(SECRET, headers(event), event.body());
        assertThat(ids).containsExactly("user_1");
        assertThatThrownBy(() -> take(SECRET, headers(event), event.tampered().body()))
                .hasMessageContaining("no-matching-signature");
    }

    static Map<String, List<String>> headers(SignedEvent event) {
        return event.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }
}
