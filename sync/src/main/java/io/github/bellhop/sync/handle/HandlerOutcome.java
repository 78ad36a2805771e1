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
    <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp);

    /** It is done. */
    record Done() implements HandlerOutcome {
        @Override
        public <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp) {
            return done.get();
        }
    }

    /**
     * It is to be called again.
     *
     * @param at when
     */
    record RetryAt(Instant at) implements HandlerOutcome {
        @Override
        public <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp) {
            return retryAt.apply(at);
        }
    }

    /**
     * It is a dead letter.
     *
     * @param reason why
     */
    record GivenUp(String reason) implements HandlerOutcome {
        @Override
        public <T> T fold(Supplier<T> done, Function<Instant, T> retryAt, Function<String, T> givenUp) {
            return givenUp.apply(reason);
        }
    }
}
