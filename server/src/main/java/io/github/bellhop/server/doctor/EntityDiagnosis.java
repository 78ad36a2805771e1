package io.github.bellhop.server.doctor;

import io.github.bellhop.server.doctor.EntityCheck.AtClerk;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredStanding;
import io.github.bellhop.sync.read.EntityStanding;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Why an entity is in the mirror or not.
 *
 * @param check    the check's name
 * @param id       the entity
 * @param table    its table
 * @param standing what the database knows
 * @param clerk    what Clerk says
 */
record EntityDiagnosis(String check, String id, String table, EntityStanding standing, AtClerk clerk) {
    private static final String RESEND =
            "In the Clerk Dashboard (Webhooks), open the endpoint and resend the message, or"
                    + " use Recover for all that failed or was missed since a date. An app with the Spring Boot starter gets it at"
                    + " once with getOrFetch.";

    Finding finding() {
        if (standing.erased()) {
            return fail(
                    "was erased here",
                    "Somebody had it erased; what comes later about it is kept without its data and not mirrored.",
                    "That is meant to last. bellhop show " + id + " has the receipt.");
        }
        return switch (standing.row()) {
            case WHOLE -> whole();
            case NESTED ->
                Finding.warn(
                        check,
                        id + " is in " + table + " as far as other entities' events told of it.",
                        "Its own event has not come, or could not be mirrored." + messages(),
                        RESEND);
            case DELETED, NONE -> standing.deleted() ? deleted() : missing();
        };
    }

    private Finding whole() {
        return clerk == AtClerk.MISSING
                ? Finding.fail(
                        check,
                        id + " is in " + table + ", but not at Clerk.",
                        "The event of its deletion has not come, was refused, or is not chosen at the endpoint.",
                        "Choose the event at the endpoint, and resend it: " + RESEND)
                : Finding.ok(check, id + " is in " + table + "." + messages());
    }

    private Finding deleted() {
        return clerk == AtClerk.THERE
                ? fail(
                        "counts as deleted here, but Clerk has it",
                        "A deletion came for it, and nothing that comes later brings it back.",
                        "Look at that message with bellhop show " + id + ": it may be of another instance (set"
                                + " BELLHOP_INSTANCE_ID).")
                : Finding.ok(check, id + " was deleted, and counts as deleted here.");
    }

    private Finding missing() {
        StoredStanding dead = first(message -> message.state() == MessageState.DEAD);
        if (dead != null) {
            return fail(
                    "is not in " + table + ": its message is a dead letter",
                    "Message " + dead.messageId() + " could not be mirrored (" + dead.reason() + ").",
                    "bellhop dead-letters tells more. When the cause is gone: bellhop messages replay "
                            + dead.messageId());
        }
        StoredStanding aside = first(message -> message.state() == MessageState.ASIDE);
        if (aside != null) {
            return fail(
                    "is not in " + table + ": its message was kept aside",
                    "Message " + aside.messageId() + " is " + aside.reason()
                            + ": it names another Clerk instance than BELLHOP_INSTANCE_ID, or no type.",
                    "If that is your instance, correct BELLHOP_INSTANCE_ID, restart, and run bellhop messages replay "
                            + aside.messageId());
        }
        StoredStanding waiting = first(StoredStanding::waiting);
        if (waiting != null) {
            return fail(
                    "is not in " + table + " yet: its message waits",
                    "Message " + waiting.messageId() + " is kept and will be mirrored"
                            + (waiting.reason() == null ? "." : "; the last attempt failed: " + waiting.reason() + "."),
                    "bellhop serve does it when it runs. bellhop show bellhop_inbox tells when it is due.");
        }
        StoredStanding kept = first(message -> true);
        if (kept != null) {
            return fail(
                    "is not in " + table + ", though a message about it was kept",
                    "Message " + kept.messageId() + " has the state "
                            + kept.state().id()
                            + ": its table is not mirrored (BELLHOP_MIRROR_TABLES), or the row was removed.",
                    kept.hasPayload()
                            ? "Correct that, then run bellhop messages replay " + kept.messageId()
                            : "Its payload is gone. " + RESEND);
        }
        return never();
    }

    private Finding never() {
        if (clerk == AtClerk.MISSING) {
            return Finding.warn(
                    check,
                    id + " is neither here nor at Clerk.",
                    "The id is wrong, or of another instance.",
                    "Copy the id from the Clerk Dashboard.");
        }
        return fail(
                "is not in " + table + ", and no message about it was ever kept",
                "Its event was refused (the receiver keeps nothing of what it refuses, so this cannot be told from here),"
                        + " was not chosen at the endpoint, is older than the endpoint, or is still on its way.",
                "Look at the endpoint's attempts in the Dashboard. " + RESEND);
    }

    private String messages() {
        return " Messages about it: " + standing.messages().size() + ".";
    }

    private @Nullable StoredStanding first(Predicate<StoredStanding> wanted) {
        return standing.messages().stream().filter(wanted).findFirst().orElse(null);
    }

    private Finding fail(String what, String why, String mend) {
        return Finding.fail(check, id + " " + what + ".", why, mend);
    }
}
