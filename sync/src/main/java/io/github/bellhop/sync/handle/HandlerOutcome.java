package io.github.bellhop.sync.handle;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** The outcome of an attempt, as returned by the handler. */
public sealed interface HandlerOutcome {
    /** The event is handled; the handler's writes are committed. */
    static HandlerOutcome done() {
        return new Done();
    }

    /** The handler is called again at the given time. Its writes are rolled back; the attempt does not count. */
    static HandlerOutcome retryAt(Instant at) {
        return new RetryAt(at);
    }

    /**
     * No further attempt can succeed. The run becomes a dead letter at once; the handler's writes are rolled back.
     *
     * @param reason a short reason without data from the payload; it is stored and shown
     */
    static HandlerOutcome giveUp(String reason) {
        return new GivenUp(reason);
    }

    /** Calls the function for this kind of outcome. */
    default <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp) {
        if (this instanceof RetryAt retry) {
            return retryAt.apply(retry.at());
        }
        return this instanceof GivenUp givenUpOutcome ? givenUp.apply(givenUpOutcome.reason()) : done.get();
    }

    /** The event is handled. */
    record Done() implements HandlerOutcome {}

    /**
     * The handler is called again.
     *
     * @param at the time of the next attempt
     */
    record RetryAt(Instant at) implements HandlerOutcome {}

    /**
     * The run becomes a dead letter.
     *
     * @param reason a short reason without data from the payload
     */
    record GivenUp(String reason) implements HandlerOutcome {}
}
