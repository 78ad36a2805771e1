package io.github.bellhop.server.doctor;

import io.github.bellhop.signature.RejectionReason;
import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.read.StatusReader.DatabaseStatus;
import io.github.bellhop.sync.refusal.Refusals;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the last message came, and what waits, fails or is dead. */
record MessagesCheck(Situation situation) implements Check {
    private static final Duration LONG_AGO = Duration.ofDays(7);
    private static final Duration LOOKED_BACK = Duration.ofDays(7);

    @Override
    public List<Finding> look() {
        StatusReader reader = situation.store().reader();
        if (reader == null) {
            return List.of(notLooked());
        }
        try {
            DatabaseStatus standing = reader.status();
            List<Finding> findings = new ArrayList<>();
            refused(reader, standing.lastReceived(), situation.now()).ifPresent(findings::add);
            findings.add(last(standing.lastReceived()));
            findings.add(open(standing));
            return findings;
        } catch (StoreException unreadable) {
            return List.of(notLooked());
        }
    }

    private static Finding notLooked() {
        return Finding.skip("Not looked at: see what the check of the database says.", null);
    }

    private Finding last(@Nullable Instant received) {
        if (received == null) {
            return Finding.warn(
                    "No message was ever kept.",
                    "Clerk has no endpoint for this receiver yet, everything was refused, or this is another database than"
                            + " the receiver's.",
                    "Look at the endpoint's attempts in the Clerk Dashboard (Webhooks), or send one with bellhop"
                            + " trigger user.created.");
        }
        Duration age = Duration.between(received, situation.now());
        return age.compareTo(LONG_AGO) > 0
                ? Finding.warn(
                        "The newest message came " + Ages.of(age) + " ago.",
                        "Nothing happened in the app, or the endpoint was removed, switched off (Svix does so after five"
                                + " days of failures) or filters all out.",
                        "Look at the endpoint in the Clerk Dashboard (Webhooks); what it missed comes with Recover there.")
                : Finding.ok("The newest message came " + Ages.of(age) + " ago.");
    }

    private static Finding open(DatabaseStatus standing) {
        String counts = "waiting " + standing.waiting() + " messages and " + standing.runsWaiting()
                + " handler runs, of them failing " + standing.failing() + " and " + standing.runsFailing() + "; dead "
                + standing.dead() + " and " + standing.runsDead() + ".";
        if (standing.dead() + standing.runsDead() > 0) {
            return Finding.fail(
                    "There are dead letters: " + counts,
                    "Their attempts are used up, or none could help; they wait for a person.",
                    "bellhop dead-letters tells why each died. Fix that, then replay them.");
        }
        if (standing.failing() + standing.runsFailing() > 0) {
            return Finding.warn(
                    "Something fails and is tried again: " + counts,
                    "The database or a handler refuses it; a usual one is a unique constraint on an e-mail address"
                            + " (23505).",
                    "The reason stands in bellhop show bellhop_inbox and bellhop show bellhop_handler_runs. Fix it before"
                            + " the attempts are used up; bellhop dead-letters has those where they are.");
        }
        return standing.waiting() > 0
                ? Finding.warn(
                        "Messages wait to be mirrored: " + counts,
                        "bellhop serve does them within seconds when it runs.",
                        "Start it on this database.")
                : Finding.ok("Nothing fails: " + counts);
    }

    /**
     * Deliveries that were refused since the newest message: perhaps none of Clerk's get through. Empty if there were
     * none, or none that tell anything.
     */
    private static Optional<Finding> refused(StatusReader reader, @Nullable Instant newest, Instant now) {
        Instant since = newest == null ? now.minus(LOOKED_BACK) : newest;
        List<Refusals.Count> refusals;
        try {
            refusals = reader.refusedSince(since);
        } catch (StoreException noSuchTable) {
            return Optional.empty();
        }
        return refusals.stream()
                .filter(refusal -> Refusals.indicatesWrongSetup(refusal.reason()))
                .findFirst()
                .map(refusal -> Finding.fail(
                        what(refusal, newest, now),
                        cause(refusal.reason()),
                        "Fix that, restart the receiver, and resend the failed messages from the Clerk Dashboard"
                                + " (Webhooks). If a stranger sent them, a message that is kept ends this finding."));
    }

    private static String what(Refusals.Count refusal, @Nullable Instant newest, Instant now) {
        return refusal.count() + (refusal.count() == 1 ? " delivery was" : " deliveries were") + " refused for "
                + refusal.reason() + ", the last " + Ages.of(Duration.between(refusal.lastAt(), now))
                + " ago; "
                + (newest == null ? "no message was ever kept." : "none was kept since " + newest + ".");
    }

    private static String cause(String reason) {
        return Arrays.stream(RejectionReason.values())
                .filter(known -> known.id().equals(reason))
                .findFirst()
                .map(RejectionReason::hint)
                .orElseGet(() -> switch (reason) {
                    case "source-not-allowed" ->
                        "The sender's address is not one of Svix's: a proxy in front is not in BELLHOP_TRUSTED_PROXIES,"
                                + " or BELLHOP_CLIENT_ADDRESS_HEADER names another header than it sets.";
                    case "body-too-large" -> "The payloads are larger than bellhop.limits.body.";
                    default -> "A proxy in front changes the Content-Type, or something else sends to this address.";
                });
    }
}
