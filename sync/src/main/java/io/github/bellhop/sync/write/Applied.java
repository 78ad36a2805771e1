package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The result of applying a message to the mirror.
 *
 * @param state        the message's new state
 * @param reason       the reason for the state; null if the state needs none
 * @param verdict      the verdict that decides which handlers get the message
 * @param clearPayload whether to clear the payload: with the message's last run if there is one, otherwise in the same
 *                     transaction
 * @hidden
 */
public record Applied(MessageState state, @Nullable String reason, Verdict verdict, boolean clearPayload) {
    /** The reason for not applying a message about an erased person. */
    static final String ERASED = "erased";

    /** The reason for a message that updates a row that does not exist. Retention searches for this reason. */
    static final String NO_ROW = "no-row";

    /**
     * The message could not be applied because its payload has been cleared. Handlers still get it, because it is not
     * known to be stale.
     */
    public static final Applied PAYLOAD_EXPIRED =
            new Applied(MessageState.KEPT, "payload-expired", Verdict.TIMELY, false);

    /** Returns the result for a dead letter. Handlers also get messages that could not be mirrored. */
    public static Applied dead(String reason) {
        return new Applied(MessageState.DEAD, reason, Verdict.TIMELY, false);
    }

    /** How a message compares with the mirror and with earlier messages. */
    public enum Verdict {
        /** The message has not been mirrored yet. Its runs wait until it is. */
        UNSEEN,
        /** The message is not late. */
        TIMELY,
        /** The mirror or an earlier message has a higher version. */
        STALE,
        /** The message's entity had already been deleted. */
        DELETED,
        /** No handler gets the message: it is set aside or dead, or about an erased person. */
        UNFIT;

        /** Returns whether the mirror or an earlier message has a newer state. */
        boolean isLate() {
            return this == STALE || this == DELETED;
        }
    }

    /** Returns the result for a message that has not been applied. */
    static Applied notApplied(PreparedMessage message) {
        Verdict verdict = message.isLeftToWorker() ? Verdict.UNSEEN : Verdict.TIMELY;
        return new Applied(message.state(), message.reason(), verdictFor(message.state(), verdict), false);
    }

    /**
     * Returns the message's result, given this result of applying its projection. A message that is set aside or dead
     * keeps that state.
     */
    Applied of(PreparedMessage message) {
        boolean unchanged = state == MessageState.KEPT && reason == null;
        return new Applied(
                unchanged ? message.state() : state,
                unchanged ? message.reason() : reason,
                verdictFor(message.state(), verdict),
                clearPayload);
    }

    /**
     * Returns the result for a stored message that is replayed. If it was never mirrored, its runs wait until it is.
     */
    static Applied forReplay(MessageRecord message) {
        boolean notMirrored = message.isWaiting() || isStopped(message.state());
        Verdict seenVerdict = message.state() == MessageState.STALE ? Verdict.STALE : Verdict.TIMELY;
        return new Applied(message.state(), message.reason(), notMirrored ? Verdict.UNSEEN : seenVerdict, false);
    }

    private static Verdict verdictFor(MessageState state, Verdict verdict) {
        return isStopped(state) ? Verdict.UNFIT : verdict;
    }

    private static boolean isStopped(MessageState state) {
        return state == MessageState.ASIDE || state == MessageState.DEAD;
    }

    /**
     * Returns whether a handler gets the message. A late update contains nothing new, and an update or creation of a
     * deleted entity is obsolete. Handlers get everything else.
     *
     * @param type     the event's type
     * @param staleToo whether the handler also wants stale messages
     */
    boolean isFor(@Nullable String type, boolean staleToo) {
        boolean isUpdate = type != null && type.endsWith(".updated");
        boolean isCreation = type != null && type.endsWith(".created");
        return switch (verdict) {
            case UNSEEN, TIMELY -> true;
            case STALE -> staleToo || !isUpdate;
            case DELETED -> staleToo || !(isUpdate || isCreation);
            case UNFIT -> false;
        };
    }
}
