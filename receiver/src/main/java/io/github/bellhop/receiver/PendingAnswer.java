package io.github.bellhop.receiver;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pending answer of one delivery. The container's thread, the intake's thread and the deadline thread may all try
 * to send it. The first thread succeeds. The others wait until the answer is written, because the container then reuses
 * the response for another delivery. Safe for concurrent use.
 */
final class PendingAnswer implements AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(PendingAnswer.class);

    private final AsyncContext context;
    private final Answers answers;
    private final Runnable afterwards;
    private volatile boolean done;

    /**
     * Creates an answer that has not been sent.
     *
     * @param afterwards the action to run when the exchange ends, whatever the outcome
     */
    PendingAnswer(AsyncContext context, Answers answers, Runnable afterwards) {
        this.context = context;
        this.answers = answers;
        this.afterwards = afterwards;
        context.addListener(this);
    }

    /** Returns whether the answer was sent or can no longer be sent. */
    boolean isDone() {
        return done;
    }

    /**
     * Sends the answer, unless another thread already has. A message is acknowledged only after it is durable.
     *
     * @param bodyUnread whether part of the body is still unread, so that no other delivery can follow on the
     *                   connection
     */
    synchronized void send(Outcome outcome, boolean bodyUnread) {
        if (done) {
            return;
        }
        done = true;
        try {
            answers.send(context, outcome, bodyUnread);
        } catch (IOException | RuntimeException gone) {
            log.debug(
                    "The sender disconnected before the answer ({})",
                    gone.getClass().getSimpleName());
        }
    }

    private synchronized void over() {
        done = true;
        afterwards.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over();
    }

    @Override
    public void onError(AsyncEvent event) {
        over();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        send(Refusal.NOT_IN_TIME, true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Never called: asynchronous processing starts only once per delivery.
    }
}
