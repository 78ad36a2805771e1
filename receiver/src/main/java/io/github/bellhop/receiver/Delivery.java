package io.github.bellhop.receiver;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.receiver.Outcome.Acknowledged;
import io.github.bellhop.sync.inbox.IncomingMessage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery from its headers to its answer: the body is awaited, proven, read as an envelope and given to the
 * intake. The answer may come from the container's, the intake's or the deadlines' thread; exactly one of them gives
 * it. The body's part of the budget is given back when the body is refused or the intake has answered, not when the
 * sender has his answer: until then its bytes are in memory.
 */
final class Delivery implements Deadlines.Waiting {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Reception reception;
    private final HttpServletRequest request;
    private final Admission admission;
    private final BodyBuffer buffer;
    private final PendingAnswer answer;
    private final long startedAt = System.nanoTime();
    private volatile @Nullable BodyReader body;

    /** A delivery whose headers are judged. */
    Delivery(Reception reception, AsyncContext context, HttpServletRequest request, Admission admission) {
        this.reception = reception;
        this.request = request;
        this.admission = admission;
        buffer = new BodyBuffer(
                reception.budget(),
                request.getContentLengthLong(),
                reception.settings().maxBodyBytes());
        answer = new PendingAnswer(context, reception.answers(), buffer::abandon);
    }

    /** Begins to read the body and returns at once. */
    void start() {
        Optional<Refusal> refusal = admission.fold(admitted -> Optional.empty(), Optional::of);
        if (refusal.isPresent() && hasNoBody()) {
            answer.give(refusal.get(), false);
            return;
        }
        try {
            BodyReader reader = new BodyReader(
                    this, buffer, reception.settings().maxBodyBytes(), request.getInputStream(), refusal);
            body = reader;
            reception.deadlines().add(this);
            reader.start();
        } catch (IOException | RuntimeException | Error fault) {
            fail(fault);
        }
    }

    private boolean hasNoBody() {
        return request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
    }

    boolean isAnswered() {
        return answer.isGiven();
    }

    /** The whole body is here. */
    void take(byte[] bytes) {
        try {
            admission
                    .<Optional<Outcome>>fold(admitted -> proveAndSubmit(admitted, bytes), Optional::of)
                    .ifPresent(this::settle);
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    /** The outcome; empty when the intake tells it later. */
    private Optional<Outcome> proveAndSubmit(Admission.Admitted admitted, byte[] bytes) {
        return reception
                .verifier()
                .verify(admitted.headers(), bytes)
                .fold(
                        verified -> readAndSubmit(admitted, bytes),
                        rejected -> Optional.of(admitted.shown(Refusal.of(rejected))));
    }

    private Optional<Outcome> readAndSubmit(Admission.Admitted admitted, byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(admitted.shown(Refusal.EMPTY));
        }
        Envelope envelope;
        try {
            envelope = EnvelopeReader.read(bytes);
        } catch (UnreadablePayloadException unreadable) {
            return Optional.of(admitted.shown(Refusal.of(unreadable)));
        }
        if (ProbeAnswer.TYPE.equals(envelope.type())) {
            // A probe goes the whole way except into the store.
            return Optional.of(reception.intake().isReady() ? Acknowledged.PROBED : Refusal.STORE_UNAVAILABLE);
        }
        if (admitted.unlessProbe().isPresent()) {
            return Optional.of(admitted.unlessProbe().get());
        }
        Instant receivedAt = reception.settings().clock().instant();
        reception
                .intake()
                .submit(
                        new IncomingMessage(admitted.headers().messageId(), envelope, receivedAt, bytes),
                        receipt -> settle(Outcome.of(receipt)));
        return Optional.empty();
    }

    /** Gives the body's memory back, and the answer. */
    private void settle(Outcome outcome) {
        buffer.release();
        answer(outcome);
    }

    /** Answers now, whether or not the body has come. */
    void answer(Outcome outcome) {
        BodyReader reader = body;
        answer.give(outcome, reader == null || !reader.hasEnded());
    }

    /** Refuses the delivery because of a fault here. */
    void fail(Throwable fault) {
        // Before the log: with no memory left, even a line of it can fail.
        settle(Refusal.FAULT);
        log.warn(
                "A delivery was not taken because of a fault ({})",
                fault.getClass().getName());
    }

    @Override
    public boolean stillWaits(long nowNanos) {
        if (answer.isGiven()) {
            return false;
        }
        long waited = nowNanos - startedAt;
        BodyReader reader = body;
        if (reader != null && waited >= reception.settings().bodyTimeout().toNanos()) {
            reader.giveUp();
        }
        if (waited >= reception.settings().answerTimeout().toNanos()) {
            // The message may still be kept later; its redelivery then changes nothing.
            answer(Refusal.NOT_IN_TIME);
        }
        return !answer.isGiven();
    }
}
