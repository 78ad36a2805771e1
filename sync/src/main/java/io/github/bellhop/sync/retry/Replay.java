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

/** Applies stored messages again, on purpose. Thread-safe. */
public final class Replay {
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;
    private final InstantSource clock;
    private final Lanes lanes;
    private final MessageJudge judge;

    /** Replays messages of this database, where no handler is known but those whose runs died. */
    public Replay(Database database, InstantSource clock) {
        this(database, clock, new Lanes(database.dialect()));
    }

    /** Replays messages of this database, to its handlers too. */
    public Replay(Database database, InstantSource clock, Lanes lanes) {
        this(database, clock, lanes, new MessageJudge(null));
    }

    private Replay(Database database, InstantSource clock, Lanes lanes, MessageJudge judge) {
        this.database = database;
        this.clock = clock;
        this.lanes = lanes;
        this.judge = judge;
    }

    /** The same where only messages of this Clerk instance are applied; null for any. */
    public Replay expecting(@Nullable String instanceId) {
        return new Replay(database, clock, lanes, new MessageJudge(instanceId));
    }

    /** What can become of the wish to replay a message. */
    public enum Outcome {
        /** It is due now, with all its attempts; the worker mirrors it by its version, as it would a new one. */
        DUE,
        /** There is no such message. */
        UNKNOWN_MESSAGE,
        /** The message is known but its payload is gone. */
        PAYLOAD_EXPIRED,
        /** Nothing was changed: it is of another Clerk instance than the expected one, and would be set aside again. */
        FOREIGN_INSTANCE,
        /** Nothing was changed: it has no type, and would be set aside again. */
        UNTYPED,
        /** Nothing was changed: it names no entity, or by no id that Clerk makes, and would be a dead letter again. */
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
     * Makes a message due again, a dead letter or any other, for the mirror and for the handlers that want it: those
     * whose runs died, and those that are known here.
     */
    public Outcome replay(String messageId) {
        return replayTo(messageId, null);
    }

    /**
     * Makes a message due again for the mirror and for these handlers alone, whether their runs died or not. Dead runs
     * of others stay dead.
     *
     * @param handlers their names; a run of a name that no program knows waits until one does
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
            // The lanes first, then the message: the order of those who end a run.
            lanes.replay(connection, message, payload, handlers, now);
            return InboxSql.makeDue(connection, messageId, now) ? Outcome.DUE : Outcome.PAYLOAD_EXPIRED;
        });
    }
}
