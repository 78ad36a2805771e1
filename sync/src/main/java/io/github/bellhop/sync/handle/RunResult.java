package io.github.bellhop.sync.handle;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of one attempt: what is written of the run, counted and logged. */
sealed interface RunResult {
    /** The reason of a run that took too long, and the outcome as metrics name it. */
    String TIMED_OUT = "timed-out";

    /** The outcome of other failures as metrics name it. */
    String FAILED = "failed";

    /** The outcome as metrics name it. */
    String metric();

    /** Goes on by which result it is. */
    default <T> T fold(Case<Done, T> done, Case<Later, T> later, Case<Failed, T> failed) throws SQLException {
        if (this instanceof Later postponed) {
            return later.of(postponed);
        }
        return this instanceof Failed failure ? failed.of(failure) : done.of((Done) this);
    }

    /** Whether what the handler wrote is kept. */
    default boolean isDone() {
        return false;
    }

    /** Why the attempt failed; empty when it did not. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** What follows from one kind of result. */
    interface Case<R extends RunResult, T> {
        T of(R result) throws SQLException;
    }

    /** The run is removed. */
    record Done(String metric) implements RunResult {
        @Override
        public boolean isDone() {
            return true;
        }
    }

    /** The run is due later, and the attempt does not count. */
    record Later(Instant at) implements RunResult {
        @Override
        public String metric() {
            return "later";
        }
    }

    /** The run is retried, or a dead letter when there is no time for that. */
    record Failed(Failure why, Optional<Instant> retryAt) implements RunResult {
        @Override
        public String metric() {
            return retryAt.isPresent() ? why.metric() : "dead";
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(why);
        }
    }

    /** A dead letter without an attempt to retry. */
    static RunResult dead(String reason) {
        return new Failed(new Failure(reason, null, null), Optional.empty());
    }

    /**
     * Why an attempt failed.
     *
     * @param reason a short name of the cause, without data
     * @param detail what the program said, without what a database quoted; null when nothing is known
     * @param fault  what the handler threw; null when it threw nothing
     */
    record Failure(
            String reason,
            @Nullable String detail,
            @Nullable Throwable fault) {
        /** The outcome as metrics name it. */
        String metric() {
            return reason.equals(TIMED_OUT) ? TIMED_OUT : FAILED;
        }
    }
}
