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
 * One delivery from its headers to its answer. It reads the body, verifies the signature, reads the envelope and
 * submits the message to the intake. The container's thread, the intake's thread or the deadline thread may send the
 * answer; exactly one of them does. The body's bytes stay in memory until the body is refused or the intake has
 * answered, even if the sender got an answer earlier. Only then are they released from the budget.
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

    /** Creates a delivery whose headers have already been checked. */
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

    /** Starts reading the body and returns immediately. */
    void start() {
        Optional<Refusal> refusal = admission.fold(admitted -> Optional.empty(), Optional::of);
        if (refusal.isPresent() && hasNoBody()) {
            answer.send(refusal.get(), false);
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
        return answer.isDone();
    }

    /** Processes the complete body. */
    void take(byte[] bytes) {
        try {
            admission
                    .<Optional<Outcome>>fold(admitted -> verifyAndSubmit(admitted, bytes), Optional::of)
                    .ifPresent(this::settle);
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    /** Returns the outcome; empty if the intake will report it later. */
    private Optional<Outcome> verifyAndSubmit(Admission.Admitted admitted, byte[] bytes) {
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
            // A probe passes every step except storage.
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

    /** Releases the body's memory and sends the answer. */
    private void settle(Outcome outcome) {
        buffer.release();
        answer(outcome);
    }

    /** Answers now, even if the body has not arrived. */
    void answer(Outcome outcome) {
        BodyReader reader = body;
        answer.send(outcome, reader == null || !reader.hasEnded());
    }

    /** Refuses the delivery because of a fault in the receiver. */
    void fail(Throwable fault) {
        // Answer before logging: without free memory, even a log line can fail.
        settle(Refusal.FAULT);
        log.warn(
                "A delivery was refused because of a fault ({})",
                fault.getClass().getName());
    }

    @Override
    public boolean stillWaits(long nowNanos) {
        if (answer.isDone()) {
            return false;
        }
        long waited = nowNanos - startedAt;
        BodyReader reader = body;
        if (reader != null && waited >= reception.settings().bodyTimeout().toNanos()) {
            reader.giveUp();
        }
        if (waited >= reception.settings().answerTimeout().toNanos()) {
            // The message may still be stored later. Its redelivery then changes nothing.
            answer(Refusal.NOT_IN_TIME);
        }
        return !answer.isDone();
    }
}
