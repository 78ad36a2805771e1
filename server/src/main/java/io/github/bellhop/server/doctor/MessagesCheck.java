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

/** Checks when the last message arrived, and how many messages and runs wait, fail or are dead letters. */
record MessagesCheck(Situation situation) implements Check {
    private static final Duration QUIET_FOR = Duration.ofDays(7);
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    @Override
    public List<Finding> run() {
        StatusReader reader = situation.store().reader();
        if (reader == null) {
            return List.of(skipped());
        }
        try {
            DatabaseStatus standing = reader.status();
            List<Finding> findings = new ArrayList<>();
            refused(reader, standing.lastReceived(), situation.now()).ifPresent(findings::add);
            findings.add(last(standing.lastReceived()));
            findings.add(open(standing));
            return findings;
        } catch (StoreException unreadable) {
            return List.of(skipped());
        }
    }

    private static Finding skipped() {
        return Finding.skip("The messages were not checked. See the database check.", null);
    }

    private Finding last(@Nullable Instant received) {
        if (received == null) {
            return Finding.warn(
                    "No message was ever stored.",
                    "Clerk has no endpoint for this receiver yet, every delivery was"
                            + " rejected, or the receiver uses another database.",
                    "Look at the endpoint's delivery attempts in the Clerk Dashboard (Webhooks), or send an event"
                            + " with bellhop trigger user.created.");
        }
        Duration age = Duration.between(received, situation.now());
        return age.compareTo(QUIET_FOR) > 0
                ? Finding.warn(
                        "The newest message arrived " + Ages.of(age) + " ago.",
                        "Nothing happened in the app, or the"
                                + " endpoint was removed, was disabled (Svix does this after five days of failures), or"
                                + " filters out all events.",
                        "Look at the endpoint in the Clerk Dashboard (Webhooks). Use"
                                + " Recover there to resend the messages that it missed.")
                : Finding.ok("The newest message arrived " + Ages.of(age) + " ago.");
    }

    private static Finding open(DatabaseStatus standing) {
        String counts = " Messages: " + counts(standing.waiting(), standing.failing(), standing.dead())
                + " Handler runs: " + counts(standing.runsWaiting(), standing.runsFailing(), standing.runsDead());
        if (standing.dead() + standing.runsDead() > 0) {
            return Finding.fail(
                    "There are dead letters." + counts,
                    "Their attempts are used up, or a retry could not help. They wait until somebody replays or"
                            + " discards them.",
                    "Run bellhop dead-letters to see the cause of each. Fix the cause, then replay them.");
        }
        if (standing.failing() + standing.runsFailing() > 0) {
            return Finding.warn(
                    "Failing messages or runs are being retried." + counts,
                    "The database or a handler rejects them. A frequent cause is a unique constraint on an e-mail"
                            + " address (23505).",
                    "bellhop show bellhop_inbox and bellhop show bellhop_handler_runs show the reason. Fix it before"
                            + " the attempts are used up; after that, bellhop dead-letters lists them.");
        }
        return standing.waiting() > 0
                ? Finding.warn(
                        "Messages wait to be mirrored." + counts,
                        "bellhop serve mirrors them within seconds when it is running.",
                        "Start it with this database.")
                : Finding.ok("Nothing fails." + counts);
    }

    private static String counts(long waiting, long failing, long dead) {
        return waiting + " waiting (" + failing + " of them failing), " + dead + " dead.";
    }

    /**
     * Reports deliveries that were rejected after the newest message arrived: perhaps all of Clerk's deliveries are
     * rejected. Empty if there were no rejections, or if their reasons say nothing about Clerk's deliveries.
     */
    private static Optional<Finding> refused(StatusReader reader, @Nullable Instant newest, Instant now) {
        Instant since = newest == null ? now.minus(LOOK_BACK) : newest;
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
                        "Fix this, restart the receiver, and resend the failed messages from the Clerk Dashboard"
                                + " (Webhooks). If a stranger sent them, this finding disappears when the next message is"
                                + " stored."));
    }

    private static String what(Refusals.Count refusal, @Nullable Instant newest, Instant now) {
        return refusal.count() + (refusal.count() == 1 ? " delivery was" : " deliveries were") + " rejected for "
                + refusal.reason() + ", the last " + Ages.of(Duration.between(refusal.lastAt(), now))
                + " ago; "
                + (newest == null ? "no message was ever stored." : "no message was stored since " + newest + ".");
    }

    private static String cause(String reason) {
        return Arrays.stream(RejectionReason.values())
                .filter(known -> known.id().equals(reason))
                .findFirst()
                .map(RejectionReason::hint)
                .orElseGet(() -> switch (reason) {
                    case "source-not-allowed" ->
                        "The sender's address is not one of Svix's. A proxy in front of the receiver is not in"
                                + " BELLHOP_TRUSTED_PROXIES, or it sets a different header than"
                                + " BELLHOP_CLIENT_ADDRESS_HEADER.";
                    case "body-too-large" -> "The payloads are larger than bellhop.limits.body.";
                    default ->
                        "A proxy in front of the receiver changes the Content-Type, or another sender uses this URL.";
                });
    }
}
