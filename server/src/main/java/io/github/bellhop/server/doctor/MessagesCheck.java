package io.github.bellhop.server.doctor;

import io.github.bellhop.sync.read.Standing;
import io.github.bellhop.sync.read.StandingReader;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the last message came, and what waits, fails or is dead. */
record MessagesCheck(Situation situation) implements Check {
    private static final String NAME = "messages";
    private static final Duration LONG_AGO = Duration.ofDays(7);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> look() {
        StandingReader reader = situation.store().reader();
        if (reader == null) {
            return List.of(notLooked());
        }
        try {
            Standing standing = reader.standing();
            List<Finding> findings = new ArrayList<>();
            findings.add(last(standing.lastReceived()));
            findings.add(open(standing));
            return findings;
        } catch (StoreException unreadable) {
            return List.of(notLooked());
        }
    }

    private static Finding notLooked() {
        return Finding.skip(NAME, "Not looked at: see what the check of the database says.", null);
    }

    private Finding last(@Nullable Instant received) {
        if (received == null) {
            return Finding.warn(
                    NAME,
                    "No message was ever kept.",
                    "Clerk has no endpoint for this receiver yet, everything was refused, or this is another database than"
                            + " the receiver's.",
                    "Look at the endpoint's attempts in the Clerk Dashboard (Webhooks), or send one with bellhop"
                            + " trigger user.created.");
        }
        Duration age = Duration.between(received, situation.wanted().clock().instant());
        return age.compareTo(LONG_AGO) > 0
                ? Finding.warn(
                        NAME,
                        "The newest message came " + Ages.of(age) + " ago.",
                        "Nothing happened in the app, or the endpoint was removed, switched off (Svix does so after five"
                                + " days of failures) or filters all out.",
                        "Look at the endpoint in the Clerk Dashboard (Webhooks); what it missed comes with Recover there.")
                : Finding.ok(NAME, "The newest message came " + Ages.of(age) + " ago.");
    }

    private static Finding open(Standing standing) {
        String counts = "waiting " + standing.waiting() + " messages and " + standing.runsWaiting()
                + " handler runs, of them failing " + standing.failing() + " and " + standing.runsFailing() + "; dead "
                + standing.dead() + " and " + standing.runsDead() + ".";
        if (standing.dead() + standing.runsDead() > 0) {
            return Finding.fail(
                    NAME,
                    "There are dead letters: " + counts,
                    "Their attempts are used up, or none could help; they wait for a person.",
                    "bellhop dead-letters tells why each died. Mend that, then replay them.");
        }
        if (standing.failing() + standing.runsFailing() > 0) {
            return Finding.warn(
                    NAME,
                    "Something fails and is tried again: " + counts,
                    "The database or a handler refuses it; a usual one is a unique constraint on an e-mail address"
                            + " (23505).",
                    "The reason stands in bellhop show bellhop_inbox and bellhop show bellhop_handler_runs. Mend it before"
                            + " the attempts are used up; bellhop dead-letters has those where they are.");
        }
        return standing.waiting() > 0
                ? Finding.warn(
                        NAME,
                        "Messages wait to be mirrored: " + counts,
                        "bellhop serve does them within seconds when it runs.",
                        "Start it on this database.")
                : Finding.ok(NAME, "Nothing fails: " + counts);
    }
}
