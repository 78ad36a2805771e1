package io.github.bellhop.sync.lane;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * A message, as the mirror has found it.
 *
 * @param messageId    the message
 * @param type         the event's type
 * @param lane         where it stands in its lanes, as {@link LaneFinder} finds it
 * @param receivedAt   when it came, in milliseconds
 * @param verdict      what the mirror found
 * @param clearPayload whether its payload is to be cleared as soon as nobody waits for it
 * @hidden
 */
public record Arrival(
        String messageId, @Nullable String type, String lane, long receivedAt, Verdict verdict, boolean clearPayload) {
    /** What the mirror finds of a message. */
    public enum Verdict {
        /** The mirror has not seen it yet. Its runs wait for that. */
        UNSEEN,
        /** It is not late. */
        TIMELY,
        /** The mirror or an earlier message holds a higher version. */
        STALE,
        /** Its entity was deleted before. */
        DELETED,
        /** It is for no handler: it is kept aside or dead, or about somebody who was erased. */
        UNFIT;

        /** Whether the mirror or an earlier message is ahead of it. */
        public boolean isLate() {
            return this == STALE || this == DELETED;
        }
    }

    /** A message of which the mirror says nothing, yet or at all. */
    public static Arrival of(InboxRow row, String lane) {
        Verdict verdict =
                isStopped(row.state()) ? Verdict.UNFIT : row.nextAttemptAt() == null ? Verdict.TIMELY : Verdict.UNSEEN;
        return new Arrival(row.messageId(), row.type(), lane, row.receivedAt(), verdict, false);
    }

    /** A message that came before and is to be mirrored again; one that never was mirrored waits until it is. */
    public static Arrival again(MessageRecord message, String lane) {
        boolean unseen = message.isWaiting() || isStopped(message.state());
        Verdict seen = message.state() == MessageState.STALE ? Verdict.STALE : Verdict.TIMELY;
        long receivedAt = message.receivedAt().toEpochMilli();
        return new Arrival(
                message.messageId(), message.type(), lane, receivedAt, unseen ? Verdict.UNSEEN : seen, false);
    }

    private static boolean isStopped(MessageState state) {
        return state == MessageState.ASIDE || state == MessageState.DEAD;
    }

    /** The same with what the mirror found; a message that is stopped stays so. */
    public Arrival found(Verdict found, boolean clear) {
        boolean replaces = verdict == Verdict.TIMELY || found == Verdict.UNFIT;
        return new Arrival(messageId, type, lane, receivedAt, replaces ? found : verdict, clear);
    }

    /** Late updates tell nothing new, and what is gone is not new any more; everything else must be given. */
    boolean isFor(boolean staleToo) {
        boolean updates = type != null && type.endsWith(".updated");
        boolean creates = type != null && type.endsWith(".created");
        return switch (verdict) {
            case UNSEEN, TIMELY -> true;
            case STALE -> staleToo || !updates;
            case DELETED -> staleToo || !(updates || creates);
            case UNFIT -> false;
        };
    }
}
