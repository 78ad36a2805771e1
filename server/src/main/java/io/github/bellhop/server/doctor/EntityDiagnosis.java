package io.github.bellhop.server.doctor;

import io.github.bellhop.server.doctor.EntityCheck.AtClerk;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.read.StatusReader.EntityStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why an entity is in the mirror or not.
 *
 * @param id       the entity
 * @param table    its table
 * @param standing what the database knows
 * @param clerk    what Clerk says
 */
record EntityDiagnosis(String id, String table, EntityStatus standing, AtClerk clerk) {
    private static final String RESEND =
            "In the Clerk Dashboard (Webhooks), open the endpoint and resend the message, or"
                    + " use Recover for all that failed or was missed since a date. An app with the Spring Boot starter gets it at"
                    + " once with getOrFetch.";

    private static final String WAITS =
            "bellhop serve does it when it runs. bellhop show bellhop_inbox tells when it is due.";

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
                        id + " is in " + table + " as far as other entities' events told of it.",
                        "Its own event has not come, or could not be mirrored." + messages(),
                        RESEND);
            case DELETED, NONE -> standing.deleted() ? deleted() : missing();
        };
    }

    private Finding whole() {
        if (clerk == AtClerk.MISSING) {
            return Finding.fail(
                    id + " is in " + table + ", but not at Clerk.",
                    "The event of its deletion has not come, was refused, or is not chosen at the endpoint.",
                    "Choose the event at the endpoint, and resend it: " + RESEND);
        }
        MessageRecord newest = first(message -> true);
        if (newest != null && newest.state() == MessageState.ASIDE) {
            return Finding.warn(
                    id + " is in " + table + ", but its newest message was set aside and not applied.",
                    whyAside(newest) + messages(),
                    todoAside(newest));
        }
        boolean dead = newest != null && newest.state() == MessageState.DEAD;
        return newest != null && (dead || newest.isWaiting())
                ? Finding.warn(
                        id + " is in " + table + ", but not as its newest message has it.",
                        "Message " + newest.messageId() + (dead ? " is a dead letter" : " waits") + reason(newest)
                                + ".",
                        dead ? replay(newest) : WAITS)
                : Finding.ok(id + " is in " + table + "." + messages());
    }

    private static String reason(MessageRecord message) {
        return message.reason() == null ? "" : " (" + message.reason() + ")";
    }

    private static String replay(MessageRecord dead) {
        return "bellhop dead-letters tells more. When the cause is gone: bellhop messages replay " + dead.messageId();
    }

    private Finding deleted() {
        return clerk == AtClerk.THERE
                ? fail(
                        "counts as deleted here, but Clerk has it",
                        "A deletion came for it, and nothing that comes later brings it back.",
                        "Look at that message with bellhop show " + id + ": it may be of another instance (set"
                                + " BELLHOP_INSTANCE_ID).")
                : Finding.ok(id + " was deleted, and counts as deleted here." + messages());
    }

    private Finding missing() {
        MessageRecord dead = first(message -> message.state() == MessageState.DEAD);
        if (dead != null) {
            return fail(
                    "is not in " + table + ": its message is a dead letter",
                    "Message " + dead.messageId() + " could not be mirrored" + reason(dead) + ".",
                    replay(dead));
        }
        MessageRecord aside = first(message -> message.state() == MessageState.ASIDE);
        if (aside != null) {
            return aside(aside);
        }
        MessageRecord waiting = first(MessageRecord::isWaiting);
        if (waiting != null) {
            return fail(
                    "is not in " + table + " yet: its message waits",
                    "Message " + waiting.messageId() + " is kept and will be mirrored"
                            + (waiting.reason() == null ? "." : "; the last attempt failed: " + waiting.reason() + "."),
                    WAITS);
        }
        MessageRecord kept = first(message -> true);
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

    private Finding aside(MessageRecord message) {
        String what = "discarded".equals(message.reason()) ? "given up" : "kept aside";
        return fail("is not in " + table + ": its message was " + what, whyAside(message), todoAside(message));
    }

    private static String whyAside(MessageRecord message) {
        String name = "Message " + message.messageId();
        return switch (String.valueOf(message.reason())) {
            case "discarded" ->
                name + " was a dead letter, and somebody discarded it; bellhop show bellhop_discards has the cause and"
                        + " the reason.";
            case "untyped" -> name + " names no type (untyped). Clerk sends no such event.";
            default -> name + " names another Clerk instance than BELLHOP_INSTANCE_ID" + reason(message) + ".";
        };
    }

    private static String todoAside(MessageRecord message) {
        return switch (String.valueOf(message.reason())) {
            case "discarded" -> "If it is wanted after all: bellhop messages replay " + message.messageId();
            case "untyped" -> "Look who sends it: bellhop messages " + message.messageId();
            default ->
                "If that is your instance, correct BELLHOP_INSTANCE_ID, restart, and run bellhop messages replay "
                        + message.messageId() + "; until then a replay does nothing.";
        };
    }

    private Finding never() {
        if (clerk == AtClerk.MISSING) {
            return Finding.warn(
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

    /** How many messages there are; those that were set aside tell nothing of the entity, so they are named apart. */
    private String messages() {
        Map<String, Long> aside = standing.messages().stream()
                .filter(message -> message.state() == MessageState.ASIDE)
                .collect(Collectors.groupingBy(
                        message -> String.valueOf(message.reason()), TreeMap::new, Collectors.counting()));
        long applied = standing.messages().stream()
                .filter(message -> message.state() != MessageState.ASIDE)
                .count();
        String apart = aside.entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
        return " Messages about it: " + applied
                + (aside.isEmpty() ? "." : "; set aside and not applied: " + apart + ".");
    }

    private @Nullable MessageRecord first(Predicate<MessageRecord> wanted) {
        return standing.messages().stream().filter(wanted).findFirst().orElse(null);
    }

    private Finding fail(String what, String why, String fix) {
        return Finding.fail(id + " " + what + ".", why, fix);
    }
}
