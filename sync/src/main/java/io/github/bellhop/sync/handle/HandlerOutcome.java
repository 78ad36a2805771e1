package io.github.bellhop.sync.handle;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of an event in a handler. */
public sealed interface HandlerOutcome {
    /** It is done; what the handler wrote is committed with that. */
    static HandlerOutcome done() {
        return new Done();
    }

    /** Not yet: call again at this time. What was written is rolled back; the attempt does not count. */
    static HandlerOutcome retryAt(Instant at) {
        return new RetryAt(at);
    }

    /**
     * No attempt will help: a dead letter at once. What was written is rolled back.
     *
     * @param reason why, in a few words that hold nothing of the payload; it is stored and shown
     */
    static HandlerOutcome giveUp(String reason) {
        return new GivenUp(reason);
    }

    /** Goes on by which outcome it is. */
    default <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp) {
        if (this instanceof RetryAt later) {
            return retryAt.apply(later.at());
        }
        return this instanceof GivenUp gone ? givenUp.apply(gone.reason()) : done.get();
    }

    /** It is done. */
    record Done() implements HandlerOutcome {}

    /**
     * It is to be called again.
     *
     * @param at when
     */
    record RetryAt(Instant at) implements HandlerOutcome {}

    /**
     * It is a dead letter.
     *
     * @param reason why
     */
    record GivenUp(String reason) implements HandlerOutcome {}
}
