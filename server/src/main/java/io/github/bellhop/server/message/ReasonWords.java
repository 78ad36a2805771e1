package io.github.bellhop.server.message;

import io.github.bellhop.sync.inbox.MessageRecord;
import org.jspecify.annotations.Nullable;

/** What the reasons mean for which messages stand where they do. */
final class ReasonWords {
    private ReasonWords() {}

    /** The reason of a message that has one, and what it means. */
    static String of(MessageRecord message) {
        String meaning = meaning(message);
        return message.reason() + (meaning == null ? "" : " (" + meaning + ")");
    }

    /** What the reason of a message means; null when it has none, or its reason is a fault that stands for itself. */
    static @Nullable String meaning(MessageRecord message) {
        String reason = message.reason();
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case "foreign-instance" ->
                "not applied: it names the Clerk instance " + message.instanceId() + ", not BELLHOP_INSTANCE_ID";
            case "untyped" -> "not applied: it names no type";
            case "discarded" -> "not applied: somebody discarded the dead letter";
            case "erased" -> "not applied: its person was erased";
            case "payload-expired" -> "not applied: its payload was gone";
            case "no-row" -> "its type is not known, and there was no row to change";
            case "missing-entity-id" -> "it names no entity";
            case "entity-id-too-long" -> "its entity's id has more than 255 characters";
            case "malformed-entity-id" -> "its entity's id holds a space, or what cannot be seen";
            case "foreign-entity-id" -> "its entity's id is of another kind of thing";
            case "payload-too-large" -> "to read its payload takes more than a quarter of the heap";
            default -> null;
        };
    }
}
