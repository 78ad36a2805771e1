package io.github.bellhop.receiver;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.signature.SignedHeaders;
import io.github.bellhop.sync.IncomingMessage;
import io.github.bellhop.sync.Intake.Receipt;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
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
    private final @Nullable SignedHeaders headers;
    private final @Nullable Refusal unlessProbe;
    private final BodyBuffer buffer;
    private final PendingAnswer answer;
    private final long startedAt = System.nanoTime();
    private volatile @Nullable BodyReader body;

    /**
     * A delivery whose headers were judged.
     *
     * @param headers     its signature headers; null when it is to be refused
     * @param unlessProbe the answer to all but a signed probe; null when every delivery is welcome
     */
    Delivery(
            Reception reception,
            AsyncContext context,
            HttpServletRequest request,
            @Nullable SignedHeaders headers,
            @Nullable Refusal unlessProbe) {
        this.reception = reception;
        this.request = request;
        this.headers = headers;
        this.unlessProbe = unlessProbe;
        buffer = new BodyBuffer(
                reception.budget(),
                request.getContentLengthLong(),
                reception.settings().maxBodyBytes());
        answer = new PendingAnswer(context, reception.answers(), buffer::abandon);
    }

    /**
     * Begins to read the body and returns at once.
     *
     * @param refusal why it will only be thrown away; null when it is awaited
     */
    void start(@Nullable Refusal refusal) {
        if (refusal != null && hasNoBody()) {
            answer.refuse(refusal, false);
            return;
        }
        try {
            BodyReader reader = new BodyReader(
                    this, buffer, reception.settings().maxBodyBytes(), request.getInputStream(), refusal);
            body = reader;
            reception.deadlines().add(this);
            reader.start();
        } catch (IOException | RuntimeException fault) {
            fail(fault);
        }
    }

    private boolean hasNoBody() {
        return request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
    }

    boolean isAnswered() {
        return answer.isGiven();
    }

    /** Refuses the delivery now, whether or not its body has come. */
    void refuse(Refusal why) {
        BodyReader reader = body;
        answer.refuse(why, reader == null || !reader.hasEnded());
    }

    /** The whole body is here. */
    void take(byte[] bytes) {
        try {
            Refusal refusal = proveAndSubmit(Objects.requireNonNull(headers), bytes);
            if (refusal != null) {
                buffer.release();
                refuse(refusal);
            }
        } catch (RuntimeException fault) {
            fail(fault);
        }
    }

    private @Nullable Refusal proveAndSubmit(SignedHeaders signed, byte[] bytes) {
        Refusal unproven = reception.verifier().verify(signed, bytes).fold(verified -> null, Refusal::of);
        if (unproven != null) {
            return shown(unproven);
        }
        if (bytes.length == 0) {
            return shown(Refusal.EMPTY);
        }
        IncomingMessage message;
        try {
            message = new IncomingMessage(
                    signed.messageId(),
                    EnvelopeReader.read(bytes),
                    reception.settings().clock().instant(),
                    bytes);
        } catch (UnreadablePayloadException unreadable) {
            return shown(Refusal.of(unreadable));
        }
        if (ProbeAnswer.TYPE.equals(message.envelope().type())) {
            return answerProbe();
        }
        if (unlessProbe != null) {
            return unlessProbe;
        }
        reception.intake().submit(message, this::finish);
        return null;
    }

    /** Who is not let in is told nothing else. */
    private Refusal shown(Refusal why) {
        return unlessProbe == null ? why : unlessProbe;
    }

    /** It went the whole way but for the store, which is only asked whether it would take it. */
    private @Nullable Refusal answerProbe() {
        if (!reception.intake().isReady()) {
            return Refusal.STORE_UNAVAILABLE;
        }
        buffer.release();
        answer.acknowledgeProbe();
        return null;
    }

    private void finish(Receipt receipt) {
        buffer.release();
        if (receipt == Receipt.UNAVAILABLE) {
            refuse(Refusal.STORE_UNAVAILABLE);
        } else {
            answer.acknowledge(receipt);
        }
    }

    private void fail(Exception fault) {
        log.warn(
                "A delivery was not taken because of a fault ({})",
                fault.getClass().getName());
        buffer.release();
        refuse(Refusal.FAULT);
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
            // The message may still be kept later; that it comes again then changes nothing.
            refuse(Refusal.NOT_IN_TIME);
        }
        return !answer.isGiven();
    }
}
