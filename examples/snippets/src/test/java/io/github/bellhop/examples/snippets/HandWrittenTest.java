package io.github.bellhop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.net.http.HttpHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Shows the faults of the hand-written handler that docs/migration.md describes. */
class HandWrittenTest {
    private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgc25pcHBldHMgaW4gZG9jcw==";

    private final SignedEvents events = SignedEvents.with(SECRET);
    private final HandWritten byHand = new HandWritten(SECRET);

    private void take(SignedEvent event) throws Exception {
        assertThat(byHand.take(HttpHeaders.of(VerifyingTest.headers(event), (name, value) -> true), event.body()))
                .isEqualTo(200);
    }

    private SignedEvent named(String name, String updatedAt) {
        return events.user(
                UserEvent.Updated.class,
                user -> user.id("user_1").firstName(name).updatedAt(Instant.parse(updatedAt)));
    }

    @Test
    void goesBackwardsIfEventsArriveOutOfOrder() throws Exception {
        take(named("new", "2026-01-02T00:00:00Z"));
        take(named("old", "2026-01-01T00:00:00Z"));
        assertThat(byHand.names).containsEntry("user_1", "old");
    }

    @Test
    void restoresDeletedUsers() throws Exception {
        take(events.user(UserEvent.Deleted.class, user -> user.id("user_1")));
        take(named("old", "2026-01-01T00:00:00Z"));
        assertThat(byHand.names).containsKey("user_1");
    }
}
