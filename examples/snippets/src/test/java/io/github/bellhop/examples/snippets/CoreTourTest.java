package io.github.bellhop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.ClerkWebhooks;
import io.github.bellhop.WebhookOutcome;
import io.github.bellhop.WebhookVerifier;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the code in the documentation of the package {@code io.github.bellhop}. */
class CoreTourTest {
    private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdG91ciB0aHJvdWdoIGNvcmU=";

    private final List<String> calls = new ArrayList<>();

    private void welcome(String id) {
        calls.add("welcome " + id);
    }

    private void forget(String id) {
        calls.add("forget " + id);
    }

    private int receive(String secret, Map<String, List<String>> headers, byte[] body) {
        WebhookVerifier webhooks = ClerkWebhooks.withSecrets(secret);

        WebhookOutcome outcome = webhooks.verify(headers, body);
        int status = outcome.fold(
                received -> {
                    handle(received.event());
                    return 204;
                },
                refused -> 400);
        return status;
    }

    private void handle(ClerkEvent event) {
        if (event instanceof UserEvent.Created created) {
            welcome(created.data().id());
        } else if (event instanceof UserEvent.Deleted deleted) {
            forget(deleted.userId());
        }
    }

    @Test
    void handlesSignedEventsOnly() {
        SignedEvent created = SignedEvents.with(SECRET).user(UserEvent.Created.class, user -> user.id("user_1"));
        SignedEvent deleted = SignedEvents.with(SECRET).user(UserEvent.Deleted.class, user -> user.id("user_1"));
        assertThat(receive(SECRET, VerifyingTest.headers(created), created.body()))
                .isEqualTo(204);
        assertThat(receive(SECRET, VerifyingTest.headers(deleted), deleted.body()))
                .isEqualTo(204);
        assertThat(receive(
                        SECRET,
                        VerifyingTest.headers(created),
                        created.tampered().body()))
                .isEqualTo(400);
        assertThat(calls).containsExactly("welcome user_1", "forget user_1");
    }

    @Test
    void containsCodeOfTheTour() {
        assertThat(Tour.blocks("core/src/main/java/io/github/bellhop/package-info.java"))
                .hasSize(3)
                .allSatisfy(block -> assertThat(Tour.source(CoreTourTest.class)).contains(block));
    }
}
