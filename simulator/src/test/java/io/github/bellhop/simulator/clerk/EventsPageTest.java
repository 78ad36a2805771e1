package io.github.bellhop.simulator.clerk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page about the simulator's events is made from the changes that the tests make. */
class EventsPageTest {
    private static final Path PAGE = Path.of("../docs/simulator-events.md");

    /** The types of which real payloads were at hand. */
    private static final Set<String> CAPTURED = Set.of(
            "user.created",
            "user.updated",
            "user.deleted",
            "session.created",
            "organization.created",
            "organizationMembership.created");

    @Test
    void saysWhatEmitsEachEvent() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # What the simulator tells of

                Made from the changes that the tests make; run the build with `-Dbellhop.docs.write=true` to write this page anew after
                a change.

                Whatever changes in the simulator, by its Backend API or in process, emits the event below, after the change and in the
                order of the changes. A call that changes nothing emits nothing. Keys are in alphabetical order and times are
                milliseconds, as in real payloads. Where the shape says "captured", it was compared with real payloads; elsewhere it
                rests on Clerk's specification and examples alone, and a real payload may differ.

                What is deleted with its user or organization (memberships, invitations, domains, sessions) has no events of its own,
                unless the simulator is told to cascade them: whether Clerk sends them is not known. A subscription goes without an event
                in either case. Signing in moves a user's `last_sign_in_at` and `last_active_at` without a `user.updated`. Deleting an
                entry of the waitlist has no event.

                | event | emitted when | shape |
                |---|---|---|
                """);
        for (EventType type : EventType.values()) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(
                            type.wireName(),
                            Objects.requireNonNull(Changes.all().get(type)).words(),
                            CAPTURED.contains(type.wireName()) ? "captured" : "specification"));
        }
        return page.toString();
    }
}
