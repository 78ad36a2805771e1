package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a message and computes its rows on the thread that received it. Thread-safe.
 *
 * @hidden
 */
public final class MessagePreparer {
    private static final Logger log = LoggerFactory.getLogger(MessagePreparer.class);

    /** The reason for a dead letter whose payload needs more memory than this process has. */
    private static final String TOO_LARGE = "payload-too-large";

    private final Projector projector;
    private final MessageJudge judge;

    /** Creates a preparer for messages from the expected instance, or from all instances if that is null. */
    public MessagePreparer(MirrorSettings settings, @Nullable String expectedInstanceId) {
        projector = new Projector(settings);
        this.judge = new MessageJudge(expectedInstanceId);
    }

    /** Prepares a message. Never throws: a message that cannot be projected is kept for the worker. */
    public PreparedMessage prepare(IncomingMessage message) {
        try {
            return prepareOrFail(message);
        } catch (RuntimeException | Error fault) {
            // A later version may be able to apply a stored message, whereas a refused message is lost.
            log.error(
                    "Message {} could not be projected ({}); it is kept for the worker",
                    message.messageId(),
                    fault.getClass().getSimpleName());
            long due = message.receivedAt().toEpochMilli();
            String subject = message.envelope().entityId();
            return prepared(message, MessageState.KEPT, "not-projected", due, subject, null);
        }
    }

    /**
     * Prepares a message that is already stored.
     *
     * @throws RuntimeException if the message cannot be projected, which should not happen for any payload
     */
    public PreparedMessage prepareOrFail(IncomingMessage message) {
        Envelope envelope = message.envelope();
        MessageJudge.Verdict verdict = judge.judge(envelope);
        if (verdict != null) {
            return unapplied(message, verdict.state(), verdict.reason());
        }
        if (Projector.isTooLarge(message.payload())) {
            return unapplied(message, MessageState.DEAD, TOO_LARGE);
        }
        if (envelope.entityId() == null) {
            return unapplied(message, MessageState.KEPT, null);
        }
        Projection projection =
                projector.project(message.messageId(), envelope, message.receivedAt(), message.payload());
        boolean mirrored = projection != null && !projection.isEmpty();
        MessageState state = mirrored ? MessageState.MIRRORED : MessageState.KEPT;
        return prepared(message, state, null, null, subject(envelope, projection), projection);
    }

    /** Returns the id of the user whose data the message contains, or of its entity if there is no such user. */
    private static @Nullable String subject(Envelope envelope, @Nullable Projection projection) {
        String person = projection == null ? null : projection.subject();
        return person == null ? envelope.entityId() : person;
    }

    private static PreparedMessage unapplied(IncomingMessage message, MessageState state, @Nullable String reason) {
        Projection persons = Projector.personsOnly(message.envelope(), message.payload());
        String subject = subject(message.envelope(), persons);
        return prepared(message, state, reason, null, subject, persons);
    }

    private static PreparedMessage prepared(
            IncomingMessage message,
            MessageState state,
            @Nullable String reason,
            @Nullable Long nextAttemptAt,
            @Nullable String subject,
            @Nullable Projection projection) {
        Envelope envelope = message.envelope();
        return new PreparedMessage(
                message.messageId(),
                StorableText.orNull(envelope.type()),
                StorableText.id(envelope.entityId()),
                StorableText.orNull(envelope.instanceId()),
                envelope.occurredAt() == null
                        ? null
                        : (Long) envelope.occurredAt().toEpochMilli(),
                message.receivedAt().toEpochMilli(),
                message.payload(),
                StorableText.id(subject),
                state,
                reason,
                nextAttemptAt,
                projection,
                false);
    }
}
