package io.github.bellhop.sync.retry;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.MessageJudge;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.write.Lanes;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays stored messages: makes them due again for the mirror and for the handlers. Thread-safe. */
public final class Replay {
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;
    private final InstantSource clock;
    private final Lanes lanes;
    private final MessageJudge judge;

    /** Creates a replay that includes only the handlers whose runs of the message are dead letters. */
    public Replay(Database database, InstantSource clock) {
        this(database, clock, new Lanes(database.dialect()));
    }

    /** Creates a replay that also includes the subscribers of the given lanes. */
    public Replay(Database database, InstantSource clock, Lanes lanes) {
        this(database, clock, lanes, new MessageJudge(null));
    }

    private Replay(Database database, InstantSource clock, Lanes lanes, MessageJudge judge) {
        this.database = database;
        this.clock = clock;
        this.lanes = lanes;
        this.judge = judge;
    }

    /** Returns a replay that applies no messages from other Clerk instances. Null allows every instance. */
    public Replay expecting(@Nullable String instanceId) {
        return new Replay(database, clock, lanes, new MessageJudge(instanceId));
    }

    /** The outcome of a request to replay a message. */
    public enum Outcome {
        /**
         * The message is due now, and its attempts are reset. The worker mirrors it like a new message, by comparing
         * versions.
         */
        DUE,
        /** No such message is stored. */
        UNKNOWN_MESSAGE,
        /** The message is stored, but its payload has been cleared. */
        PAYLOAD_EXPIRED,
        /** Nothing was changed: the message is not from the expected Clerk instance and would be set aside again. */
        FOREIGN_INSTANCE,
        /** Nothing was changed: the message has no type and would be set aside again. */
        UNTYPED,
        /** Nothing was changed: the message has no valid entity id and would become a dead letter again. */
        UNFIT_ENTITY_ID;

        private static Outcome of(MessageJudge.Verdict verdict) {
            return switch (verdict.reason()) {
                case MessageJudge.FOREIGN_INSTANCE -> FOREIGN_INSTANCE;
                case MessageJudge.UNTYPED -> UNTYPED;
                default -> UNFIT_ENTITY_ID;
            };
        }
    }

    /**
     * Makes a message due again, whether or not it is a dead letter. This affects the mirror, the handlers whose runs
     * of the message are dead letters, and the known handlers for its type.
     */
    public Outcome replay(String messageId) {
        return replayTo(messageId, null);
    }

    /**
     * Makes a message due again for the mirror and for only the given handlers, whether or not their runs are dead
     * letters. Dead letters of other handlers are unchanged.
     *
     * @param handlers the handlers' names; a run for an unknown name waits until a program registers that handler
     */
    public Outcome replay(String messageId, Collection<String> handlers) {
        return replayTo(messageId, Set.copyOf(handlers));
    }

    private Outcome replayTo(String messageId, @Nullable Set<String> handlers) {
        return database.inTransaction(MAX_ATTEMPTS, connection -> {
            StoredMessage stored = InboxSql.stored(connection, messageId).orElse(null);
            if (stored == null) {
                return Outcome.UNKNOWN_MESSAGE;
            }
            MessageRecord message = stored.about();
            byte[] payload = stored.payload();
            if (payload == null) {
                return Outcome.PAYLOAD_EXPIRED;
            }
            boolean stopped = message.state() == MessageState.ASIDE || message.state() == MessageState.DEAD;
            MessageJudge.Verdict verdict = stopped ? judge.judge(EnvelopeReader.read(payload)) : null;
            if (verdict != null) {
                return Outcome.of(verdict);
            }
            long now = clock.millis();
            // The lanes are locked first, then the message, in the same order as when a run ends.
            lanes.replay(connection, message, payload, handlers, now);
            return InboxSql.makeDue(connection, messageId, now) ? Outcome.DUE : Outcome.PAYLOAD_EXPIRED;
        });
    }
}
