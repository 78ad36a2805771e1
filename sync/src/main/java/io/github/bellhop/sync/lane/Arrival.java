package io.github.bellhop.sync.lane;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.KnownMessage;
import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * A message, as the mirror has found it.
 *
 * @param messageId    the message
 * @param type         the event's type
 * @param entityId     what it is about
 * @param receivedAt   when it came, in milliseconds
 * @param seen         whether the mirror has seen it; else its runs wait for that
 * @param fit          whether it is for handlers at all: it is not kept aside, not dead, and of nobody who was erased
 * @param stale        whether the mirror, or an earlier message, holds a higher version, or knows of a deletion
 * @param deleted      whether the entity was deleted before
 * @param clearPayload whether its payload is to be cleared as soon as nobody waits for it
 * @hidden
 */
public record Arrival(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        long receivedAt,
        boolean seen,
        boolean fit,
        boolean stale,
        boolean deleted,
        boolean clearPayload) {
    /** A message of which the mirror says nothing, yet or at all. */
    public static Arrival of(InboxRow row) {
        boolean fit = row.state() != MessageState.ASIDE && row.state() != MessageState.DEAD;
        return new Arrival(
                row.messageId(),
                row.type(),
                row.entityId(),
                row.receivedAt(),
                row.nextAttemptAt() == null,
                fit,
                false,
                false,
                false);
    }

    /** A message that came before and is to be mirrored again; what never was waits until it is. */
    public static Arrival again(KnownMessage message) {
        boolean seen =
                !message.waiting() && message.state() != MessageState.ASIDE && message.state() != MessageState.DEAD;
        return new Arrival(
                message.messageId(),
                message.type(),
                message.entityId(),
                message.receivedAt(),
                seen,
                true,
                message.state() == MessageState.STALE,
                false,
                false);
    }

    /** The same with what the mirror found. */
    public Arrival found(boolean isFit, boolean isStale, boolean isDeleted, boolean clear) {
        return new Arrival(messageId, type, entityId, receivedAt, seen, fit && isFit, isStale, isDeleted, clear);
    }

    /** Where it stands in its lanes: the entity, or alone when it names none. */
    String lane() {
        return entityId == null ? messageId : entityId;
    }

    /** Late updates tell nothing new, and what is gone is not new any more; all else must be given. */
    boolean isFor(boolean staleToo) {
        if (!fit) {
            return false;
        }
        if (staleToo || !seen || type == null) {
            return true;
        }
        return !(stale && type.endsWith(".updated")) && !(deleted && type.endsWith(".created"));
    }
}
