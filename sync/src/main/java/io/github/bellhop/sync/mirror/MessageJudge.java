package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * Judges by its envelope whether a message can be applied at all. Applying it again changes nothing about that, as long
 * as the program and its settings are the same.
 *
 * @param expectedInstanceId the Clerk instance whose messages are applied; null for any
 * @hidden
 */
public record MessageJudge(@Nullable String expectedInstanceId) {
    /** Why a message of another Clerk instance is kept aside. */
    public static final String FOREIGN_INSTANCE = "foreign-instance";

    /** Why a message without a type is kept aside. */
    public static final String UNTYPED = "untyped";

    /**
     * Where a message stands that cannot be applied.
     *
     * @param state  {@link MessageState#ASIDE} or {@link MessageState#DEAD}
     * @param reason why
     */
    public record Verdict(MessageState state, String reason) {}

    /** The verdict on a message; null when it can be applied. */
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
