package io.github.bellhop.simulator.clerk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Generates docs/simulator-events.md from the changes that the tests make, and compares the page with it. */
@SameOnEveryJdk
class EventsPageTest {
    private static final Path PAGE = Path.of("../docs/simulator-events.md");

    /** The types for which real payloads were available. */
    private static final Set<String> CAPTURED = Set.of(
            "user.created",
            "user.updated",
            "user.deleted",
            "session.created",
            "organization.created",
            "organizationMembership.created");

    @Test
    void matchesTheChangesThatEmitEachEvent() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The simulator's events

                Generated from the changes that the tests make; run the build with `-Dbellhop.docs.write=true` to regenerate this page
                after a change.

                Every change in the simulator, through its Backend API or in process, emits an event from the table below. Events are
                emitted after the changes, in the same order. A call that changes nothing emits no event. Keys are in alphabetical
                order and times are in milliseconds, as in real payloads. A shape marked "captured" was compared with real payloads.
                Any other shape is based only on Clerk's specification and examples, and real payloads may differ.

                Memberships, invitations, domains and sessions that are deleted with their user or organization emit no events, unless
                the simulator is configured to emit these too: it is not known whether Clerk sends them. A deleted subscription never
                emits an event. Signing in updates a user's `last_sign_in_at` and `last_active_at` without emitting `user.updated`.
                Deleting a waitlist entry emits no event.

                [`POST /simulator/events`](simulator.md#cause-any-event) emits an event of any type. No operation of the Backend API
                emits `session.ended`, `session.pending`, `session.removed`, `organizationInvitation.accepted` or the events of
                subscriptions and payments, except that an item can be canceled or ended.

                | event | emitted when | shape |
                |---|---|---|
                """);
        for (EventType type : EventType.values()) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(
                            type.wireName(),
                            Objects.requireNonNull(Changes.all().get(type)).description(),
                            CAPTURED.contains(type.wireName()) ? "captured" : "specification"));
        }
        return page.toString();
    }
}
