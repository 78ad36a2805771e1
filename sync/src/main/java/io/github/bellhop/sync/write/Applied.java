package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message in the mirror.
 *
 * @param state        where it stands now
 * @param reason       why, where the state alone does not say it
 * @param verdict      what handlers are to know of it
 * @param clearPayload whether its payload is to be cleared in the same transaction, or as soon as nobody waits for it
 * @hidden
 */
public record Applied(MessageState state, @Nullable String reason, Verdict verdict, boolean clearPayload) {
    /** Why a message about a person who was erased is kept and no more. */
    static final String ERASED = "erased";

    /** Why a message changed nothing that would have changed a row: the row is missing. The retention looks for it. */
    static final String NO_ROW = "no-row";

    /** Nothing could be done, since the payload is gone. Handlers are told all the same: nothing says that it is late. */
    public static final Applied PAYLOAD_EXPIRED =
            new Applied(MessageState.KEPT, "payload-expired", Verdict.TIMELY, false);

    /** It is a dead letter. Handlers are given what the mirror could not take, too. */
    public static Applied dead(String reason) {
        return new Applied(MessageState.DEAD, reason, Verdict.TIMELY, false);
    }

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
        boolean isLate() {
            return this == STALE || this == DELETED;
        }
    }

    /** Nothing was applied of this message, yet or at all. */
    static Applied nothingOf(PreparedMessage message) {
        Verdict verdict = message.isLeftToWorker() ? Verdict.UNSEEN : Verdict.TIMELY;
        return new Applied(message.state(), message.reason(), fit(message.state(), verdict), false);
    }

    /** The same for this message, whose projection it is that was applied: what is stopped stays so. */
    Applied of(PreparedMessage message) {
        boolean nothing = state == MessageState.KEPT && reason == null;
        return new Applied(
                nothing ? message.state() : state,
                nothing ? message.reason() : reason,
                fit(message.state(), verdict),
                clearPayload);
    }

    /** A message that came before is to be mirrored again; one that never was mirrored waits until it is. */
    static Applied again(MessageRecord message) {
        boolean unseen = message.isWaiting() || isStopped(message.state());
        Verdict seen = message.state() == MessageState.STALE ? Verdict.STALE : Verdict.TIMELY;
        return new Applied(message.state(), message.reason(), unseen ? Verdict.UNSEEN : seen, false);
    }

    private static Verdict fit(MessageState state, Verdict verdict) {
        return isStopped(state) ? Verdict.UNFIT : verdict;
    }

    private static boolean isStopped(MessageState state) {
        return state == MessageState.ASIDE || state == MessageState.DEAD;
    }

    /**
     * Whether the message is for a handler. Late updates tell nothing new, and what is gone is not new any more;
     * everything else must be given.
     *
     * @param type     the event's type
     * @param staleToo whether the handler wants what is stale too
     */
    boolean isFor(@Nullable String type, boolean staleToo) {
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
