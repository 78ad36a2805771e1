package io.github.bellhop.server.message;

import io.github.bellhop.sync.inbox.MessageRecord;
import org.jspecify.annotations.Nullable;

/** Explains the reasons for messages' states. */
final class ReasonWords {
    private ReasonWords() {}

    /** Returns a message's reason with its meaning. The message must have a reason. */
    static String of(MessageRecord message) {
        String meaning = meaning(message);
        return message.reason() + (meaning == null ? "" : " (" + meaning + ")");
    }

    /** Returns the meaning of a message's reason; null if it has no reason, or one that needs no explanation. */
    static @Nullable String meaning(MessageRecord message) {
        String reason = message.reason();
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case "foreign-instance" ->
                "not applied: it names the Clerk instance " + message.instanceId() + ", not BELLHOP_INSTANCE_ID";
            case "untyped" -> "not applied: it has no type";
            case "discarded" -> "not applied: the dead letter was discarded";
            case "erased" -> "not applied: the person was erased";
            case "payload-expired" -> "not applied: its payload had been removed";
            case "no-row" -> "its type is unknown, and there was no row to change";
            case "missing-entity-id" -> "it names no entity";
            case "entity-id-too-long" -> "its entity id has more than 255 characters";
            case "malformed-entity-id" -> "its entity id contains a space or an invisible character";
            case "foreign-entity-id" -> "its entity id belongs to another kind of entity";
            case "payload-too-large" -> "reading its payload takes more than a quarter of the heap";
            default -> null;
        };
    }
}
