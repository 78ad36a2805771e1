package io.github.bellhop.receiver;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the body of one delivery without blocking a thread. For a refused delivery it first discards part of the body
 * and then answers, because most senders read the answer only after sending the whole body.
 *
 * <p>The container calls one method at a time. {@link #giveUp()} may be called from another thread at any time.
 */
final class BodyReader implements ReadListener {
    private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

    /** How much of a refused body is discarded before the connection is closed, as a multiple of the limit. */
    private static final int DISCARDED_LIMITS = 8;

    private static final ThreadLocal<byte[]> CHUNK = ThreadLocal.withInitial(() -> new byte[16 * 1024]);

    private final Delivery delivery;
    private final BodyBuffer buffer;
    private final long limit;
    private final ServletInputStream input;
    private volatile Optional<Refusal> refusal;
    private volatile boolean ended;
    private long discarded;

    /**
     * Creates a reader that has not started.
     *
     * @param refusal why the body is discarded; empty if the body is needed
     */
    BodyReader(Delivery delivery, BodyBuffer buffer, long limit, ServletInputStream input, Optional<Refusal> refusal) {
        this.delivery = delivery;
        this.buffer = buffer;
        this.limit = limit;
        this.input = input;
        this.refusal = refusal;
    }

    /** Starts reading. The container's callbacks do the rest. */
    void start() {
        try {
            input.setReadListener(this);
        } catch (UnsupportedOperationException unsupported) {
            onError(unsupported);
        }
    }

    /** Returns whether reading has ended, so that no more of the body will arrive. */
    boolean hasEnded() {
        return ended;
    }

    /** Refuses the delivery because the body's deadline has passed, unless the body is complete. */
    void giveUp() {
        Optional<Refusal> known = refusal;
        if (known.isPresent()) {
            delivery.answer(known.get());
        } else if (buffer.abandon()) {
            delivery.answer(Refusal.TOO_SLOW);
        }
    }

    @Override
    public void onDataAvailable() {
        byte[] chunk = CHUNK.get();
        try {
            while (!delivery.isAnswered() && input.isReady() && !input.isFinished()) {
                int count = input.read(chunk);
                if (count > 0) {
                    take(chunk, count);
                }
            }
        } catch (IOException | RuntimeException | Error broken) {
            // If the container handled this, it would close the connection without an answer.
            onError(broken);
        }
    }

    private void take(byte[] chunk, int count) {
        Optional<Refusal> known = refusal;
        if (known.isPresent()) {
            discarded += count;
            if (discarded > DISCARDED_LIMITS * limit) {
                delivery.answer(known.get());
            }
        } else if (buffer.length() + count > limit) {
            discardFromNow(Refusal.tooLarge(limit));
        } else if (!buffer.add(chunk, count)) {
            discardFromNow(Refusal.BUDGET_USED_UP);
        }
    }

    private void discardFromNow(Refusal why) {
        refusal = Optional.of(why);
        buffer.abandon();
    }

    @Override
    public void onAllDataRead() {
        ended = true;
        Optional<Refusal> known = refusal;
        if (known.isPresent()) {
            delivery.answer(known.get());
            return;
        }
        byte[] body;
        try {
            body = buffer.complete();
        } catch (Error memory) {
            delivery.fail(memory);
            return;
        }
        if (body != null) {
            delivery.take(body);
        }
    }

    @Override
    public void onError(Throwable fault) {
        buffer.abandon();
        log.debug("A body ended early ({})", fault.getClass().getSimpleName());
        delivery.answer(refusal.orElse(why(fault)));
    }

    private Refusal why(Throwable fault) {
        if (fault instanceof UnsupportedOperationException) {
            log.warn(
                    "A delivery's body cannot be read: {} in front of the receiver does not support asynchronous reads."
                            + " Exclude the receiver's path from the filter that wraps requests in it",
                    input.getClass().getName());
            return Refusal.REQUEST_WRAPPED;
        }
        if (fault instanceof Error) {
            return Refusal.FAULT;
        }
        return fault instanceof SocketTimeoutException ? Refusal.TOO_SLOW : Refusal.INCOMPLETE;
    }
}
