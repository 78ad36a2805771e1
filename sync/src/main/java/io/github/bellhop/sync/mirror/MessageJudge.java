package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message's envelope to see whether the message can be applied. The verdict stays the same on every attempt,
 * as long as the program and its settings do not change.
 *
 * @param expectedInstanceId the Clerk instance whose messages are applied; null for any
 * @hidden
 */
public record MessageJudge(@Nullable String expectedInstanceId) {
    /** The reason for setting aside a message from another Clerk instance. */
    public static final String FOREIGN_INSTANCE = "foreign-instance";

    /** The reason for setting aside a message without a type. */
    public static final String UNTYPED = "untyped";

    /**
     * The state of a message that cannot be applied.
     *
     * @param state  {@link MessageState#ASIDE} or {@link MessageState#DEAD}
     * @param reason why it cannot be applied
     */
    public record Verdict(MessageState state, String reason) {}

    /** Returns the verdict on a message; null if it can be applied. */
    public @Nullable Verdict judge(Envelope envelope) {
        if (envelope.type() == null) {
            return new Verdict(MessageState.ASIDE, UNTYPED);
        }
        if (isForeign(envelope.instanceId())) {
            return new Verdict(MessageState.ASIDE, FOREIGN_INSTANCE);
        }
        String family = EventFamily.of(envelope.type());
        String id = envelope.entityId();
        String reason = EventFamily.isKnown(family) ? faultOf(family, id) : isTooLong(id) ? "entity-id-too-long" : null;
        return reason == null ? null : new Verdict(MessageState.DEAD, reason);
    }

    private static @Nullable String faultOf(String family, @Nullable String id) {
        if (id == null) {
            return "missing-entity-id";
        }
        if (isTooLong(id)) {
            return "entity-id-too-long";
        }
        if (!ClerkIds.isWellFormed(id)) {
            return "malformed-entity-id";
        }
        MirrorTable table = ClerkTables.ofFamily(family);
        return table != null && ClerkIds.isOfAnotherKind(table, id) ? "foreign-entity-id" : null;
    }

    private static boolean isTooLong(@Nullable String id) {
        return id != null && id.length() > EntityKey.MAX_ID_LENGTH;
    }

    private boolean isForeign(@Nullable String instanceId) {
        return expectedInstanceId != null && instanceId != null && !instanceId.equals(expectedInstanceId);
    }
}
