package io.github.bellhop.receiver;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.receiver.Deadlines.Expiring;
import io.github.bellhop.signature.SignedHeaders;
import io.github.bellhop.sync.IncomingMessage;
import io.github.bellhop.sync.Intake.Receipt;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery from its headers to its answer. The body is read as it comes, without a thread waiting; that of a
 * refused delivery is read and thrown away for a while, since most senders read no answer before they have sent it.
 *
 * <p>The container calls the reading methods one at a time; the answer may come from the intake's or a deadline's
 * thread, and exactly one of them gives it.
 */
final class Delivery implements ReadListener {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** How much of a refused body is thrown away before the connection is closed: so many times the limit. */
    private static final int DISCARDED_LIMITS = 8;

    private static final ThreadLocal<byte[]> CHUNK = ThreadLocal.withInitial(() -> new byte[16 * 1024]);

    private final AsyncContext context;
    private final Reception reception;
    private final BodyBuffer body;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private @Nullable ServletInputStream input;
    private @Nullable SignedHeaders headers;
    private volatile @Nullable Refusal refusal;
    private volatile boolean bodyComplete;
    private long discarded;

    Delivery(AsyncContext context, Reception reception, long declaredLength) {
        this.context = context;
        this.reception = reception;
        body = new BodyBuffer(
                reception.budget(), declaredLength, reception.settings().maxBodyBytes());
    }

    /** The headers are plausible: the body is worth reading. */
    boolean expect(SignedHeaders plausible) {
        headers = plausible;
        return true;
    }

    /** The body will not be looked at; the answer is given when it has come. */
    void refuse(Refusal why) {
        refusal = why;
    }

    boolean isRefused() {
        return refusal != null;
    }

    /** Begins to read; everything else follows from what comes. */
    void read(HttpServletRequest request) throws IOException {
        Refusal known = refusal;
        boolean noBody = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        if (known != null && (noBody || request.getHeader("Expect") != null)) {
            answer(known);
            return;
        }
        reception.bodyDeadlines().add(new Expiring() {
            @Override
            public boolean isDone() {
                return bodyComplete || answered.get();
            }

            @Override
            public void expire() {
                Refusal earlier = refusal;
                answer(earlier == null ? Refusal.TOO_SLOW : earlier);
            }
        });
        input = request.getInputStream();
        input.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream from = input;
        byte[] chunk = CHUNK.get();
        while (from != null && !answered.get() && from.isReady() && !from.isFinished()) {
            int count = from.read(chunk);
            if (count > 0) {
                take(chunk, count);
            }
        }
    }

    private void take(byte[] chunk, int count) {
        Refusal known = refusal;
        long limit = reception.settings().maxBodyBytes();
        if (known != null) {
            discarded += count;
            if (discarded > DISCARDED_LIMITS * limit) {
                answer(known);
            }
        } else if (body.length() + count > limit) {
            refuseBody(Refusal.tooLarge(limit));
        } else if (!body.add(chunk, count)) {
            refuseBody(Refusal.BUDGET_USED_UP);
        }
    }

    /** What was collected is let go at once; the rest is thrown away as it comes. */
    private void refuseBody(Refusal why) {
        refuse(why);
        release();
    }

    @Override
    public void onAllDataRead() {
        bodyComplete = true;
        Refusal known = refusal;
        if (known != null) {
            answer(known);
            return;
        }
        SignedHeaders signed = Objects.requireNonNull(headers);
        byte[] bytes = body.toBytes();
        Refusal failed = reception.verifier().verify(signed, bytes).fold(verified -> null, Refusal::of);
        if (failed != null) {
            answer(failed);
        } else if (bytes.length == 0) {
            answer(Refusal.EMPTY);
        } else {
            submit(signed.messageId(), bytes);
        }
    }

    private void submit(String messageId, byte[] bytes) {
        Envelope envelope;
        try {
            envelope = EnvelopeReader.read(bytes);
        } catch (UnreadablePayloadException unreadable) {
            answer(Refusal.of(unreadable));
            return;
        }
        reception.answerDeadlines().add(new Expiring() {
            @Override
            public boolean isDone() {
                return answered.get();
            }

            @Override
            public void expire() {
                // The message may still be kept later; that it comes again then changes nothing.
                answerOnce(Refusal.NOT_IN_TIME, null);
            }
        });
        IncomingMessage message = new IncomingMessage(
                messageId, envelope, reception.settings().clock().instant(), bytes);
        reception.intake().submit(message, receipt -> {
            release();
            if (receipt == Receipt.UNAVAILABLE) {
                answerOnce(Refusal.STORE_UNAVAILABLE, null);
            } else {
                answerOnce(null, receipt);
            }
        });
    }

    private void answer(Refusal why) {
        release();
        answerOnce(why, null);
    }

    private void answerOnce(@Nullable Refusal why, @Nullable Receipt receipt) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            reception.answers().give(context, why, receipt);
        } catch (IOException | RuntimeException gone) {
            log.debug(
                    "The sender was gone before its answer ({})",
                    gone.getClass().getSimpleName());
        }
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            body.release();
        }
    }

    @Override
    public void onError(Throwable fault) {
        bodyComplete = true;
        log.debug("A body broke off ({})", fault.getClass().getSimpleName());
        answer(Refusal.INCOMPLETE);
    }
}
