package io.github.bellhop.receiver;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer that one delivery waits for. The container's, the intake's and a deadline's thread may all want to give
 * it; the first does, and the others wait until it is written, since the container uses the response for another
 * delivery afterwards. Safe for concurrent use.
 */
final class PendingAnswer implements AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(PendingAnswer.class);

    private final AsyncContext context;
    private final Answers answers;
    private final Runnable afterwards;
    private volatile boolean given;

    /**
     * An answer that is not given yet.
     *
     * @param afterwards what is to be done when the exchange is over, however it ended
     */
    PendingAnswer(AsyncContext context, Answers answers, Runnable afterwards) {
        this.context = context;
        this.answers = answers;
        this.afterwards = afterwards;
        context.addListener(this);
    }

    /** Whether it was given, or can no longer be. */
    boolean isGiven() {
        return given;
    }

    /**
     * Gives the answer, unless another thread has given it. A message is acknowledged only once it is durable.
     *
     * @param bodyUnread whether some of the body is still to come, so that no other delivery can follow it
     */
    synchronized void give(Outcome outcome, boolean bodyUnread) {
        if (given) {
            return;
        }
        given = true;
        try {
            answers.give(context, outcome, bodyUnread);
        } catch (IOException | RuntimeException gone) {
            log.debug(
                    "The sender was gone before its answer ({})",
                    gone.getClass().getSimpleName());
        }
    }

    private synchronized void over() {
        given = true;
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
        give(Refusal.NOT_IN_TIME, true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A delivery is never started twice.
    }
}
