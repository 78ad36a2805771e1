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
 * Explains why an entity is in the mirror or is missing from it.
 *
 * @param id       the entity
 * @param table    its table
 * @param standing its state in the database
 * @param clerk    whether Clerk has it
 */
record EntityDiagnosis(String id, String table, EntityStatus standing, AtClerk clerk) {
    private static final String RESEND =
            "In the Clerk Dashboard (Webhooks), open the endpoint and resend the message, or use Recover to resend"
                    + " all messages that failed or were missed since a date. An app with the Spring Boot starter can"
                    + " fetch the entity at once with getOrFetch.";

    private static final String WAITS = "Check that bellhop serve is running; it mirrors the message. bellhop show"
            + " bellhop_inbox shows when it is due.";

    Finding finding() {
        if (standing.erased()) {
            return fail(
                    "was erased here",
                    "Its data was erased on request. Later messages about it are stored without their data and are"
                            + " not mirrored.",
                    "An erasure is permanent. bellhop show " + id + " prints its receipt.");
        }
        return switch (standing.row()) {
            case WHOLE -> whole();
            case NESTED ->
                Finding.warn(
                        id + " is in " + table + ", but only with the columns that other entities' events contain.",
                        "Its own event has not arrived or could not be mirrored." + messages(),
                        RESEND);
            case DELETED, NONE -> standing.deleted() ? deleted() : missing();
        };
    }

    private Finding whole() {
        if (clerk == AtClerk.MISSING) {
            return Finding.fail(
                    id + " is in " + table + ", but Clerk does not have it.",
                    "Its deletion event has not arrived, was rejected, or is not selected at the endpoint.",
                    "Select the event at the endpoint. " + RESEND);
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
                        id + " is in " + table + ", but its newest message has not been mirrored.",
                        "Message " + newest.messageId() + (dead ? " is a dead letter" : " waits") + reason(newest)
                                + ".",
                        dead ? replay(newest) : WAITS)
                : Finding.ok(id + " is in " + table + "." + messages());
    }

    private static String reason(MessageRecord message) {
        return message.reason() == null ? "" : " (" + message.reason() + ")";
    }

    private static String replay(MessageRecord dead) {
        return "Run bellhop dead-letters to see the cause. After fixing it, run bellhop messages replay "
                + dead.messageId();
    }

    private Finding deleted() {
        return clerk == AtClerk.THERE
                ? fail(
                        "is marked as deleted here, but Clerk has it",
                        "An event deleted it, and later events do not restore it.",
                        "Look at that message with bellhop show " + id + ". It may belong to another instance (set"
                                + " BELLHOP_INSTANCE_ID).")
                : Finding.ok(id + " was deleted, and is marked as deleted here." + messages());
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
                    "Message " + waiting.messageId() + " is stored and will be mirrored"
                            + (waiting.reason() == null ? "." : "; the last attempt failed: " + waiting.reason() + "."),
                    WAITS);
        }
        MessageRecord kept = first(message -> true);
        if (kept != null) {
            return fail(
                    "is not in " + table + ", although a message about it is stored",
                    "Message " + kept.messageId() + " has the state "
                            + kept.state().id()
                            + ". Its table is not mirrored (BELLHOP_MIRROR_TABLES), or the row was removed.",
                    kept.hasPayload()
                            ? "Correct this, then run bellhop messages replay " + kept.messageId()
                            : "Its payload was removed. " + RESEND);
        }
        return never();
    }

    private Finding aside(MessageRecord message) {
        String what = "discarded".equals(message.reason()) ? "discarded" : "set aside";
        return fail("is not in " + table + ": its message was " + what, whyAside(message), todoAside(message));
    }

    private static String whyAside(MessageRecord message) {
        String name = "Message " + message.messageId();
        return switch (String.valueOf(message.reason())) {
            case "discarded" ->
                name + " was a dead letter and was discarded. bellhop show bellhop_discards shows the cause and the"
                        + " reason.";
            case "untyped" -> name + " has no event type (untyped). Clerk does not send such events.";
            default -> name + " names a different Clerk instance than BELLHOP_INSTANCE_ID" + reason(message) + ".";
        };
    }

    private static String todoAside(MessageRecord message) {
        return switch (String.valueOf(message.reason())) {
            case "discarded" -> "To mirror it after all, run bellhop messages replay " + message.messageId();
            case "untyped" -> "Find out who sent it: bellhop messages " + message.messageId();
            default ->
                "If it is your instance, correct BELLHOP_INSTANCE_ID, restart, and run bellhop messages replay "
                        + message.messageId() + ". Until then a replay does nothing.";
        };
    }

    private Finding never() {
        if (clerk == AtClerk.MISSING) {
            return Finding.warn(
                    id + " exists neither here nor at Clerk.",
                    "The id is wrong, or belongs to another instance.",
                    "Copy the id from the Clerk Dashboard.");
        }
        return fail(
                "is not in " + table + ", and no message about it was ever stored",
                "Its event was rejected (the receiver does not store rejected deliveries, so the doctor cannot"
                        + " see them), is not selected at the endpoint, is older than the endpoint, or is still on"
                        + " its way.",
                "Look at the endpoint's delivery attempts in the Clerk Dashboard. " + RESEND);
    }

    /**
     * Counts the messages. Messages that were set aside say nothing about the entity, so they are counted separately.
     */
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
