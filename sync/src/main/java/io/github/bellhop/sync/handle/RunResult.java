package io.github.bellhop.sync.handle;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of one attempt, as written, counted and logged. */
sealed interface RunResult {
    /** The failure reason of an attempt that timed out, and its outcome in the metrics. */
    String TIMED_OUT = "timed-out";

    /** The outcome, in the metrics, of an attempt that failed for another reason. */
    String FAILED = "failed";

    /** Returns the outcome's name in the metrics. */
    String metric();

    /** Calls the function for this kind of result. */
    default <T> T fold(Case<Done, T> done, Case<Later, T> later, Case<Failed, T> failed) throws SQLException {
        if (this instanceof Later postponed) {
            return later.of(postponed);
        }
        return this instanceof Failed failure ? failed.of(failure) : done.of((Done) this);
    }

    /** Returns whether the handler's writes are kept. */
    default boolean isDone() {
        return false;
    }

    /** Returns why the attempt failed; empty if it did not. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** A function for one kind of result. */
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

    /** The run is postponed, and the attempt does not count. */
    record Later(Instant at) implements RunResult {
        @Override
        public String metric() {
            return "later";
        }
    }

    /** The run is retried, or becomes a dead letter if no retry is left. */
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

    /** Returns the result that makes the run a dead letter at once. */
    static RunResult dead(String reason) {
        return new Failed(new Failure(reason, null, null), Optional.empty());
    }

    /**
     * Why an attempt failed.
     *
     * @param reason a short name of the cause, without data
     * @param detail the exception's message, without data quoted by a database; null if unknown
     * @param fault  the exception; null if none was thrown
     */
    record Failure(
            String reason,
            @Nullable String detail,
            @Nullable Throwable fault) {
        /** Returns the outcome's name in the metrics. */
        String metric() {
            return reason.equals(TIMED_OUT) ? TIMED_OUT : FAILED;
        }
    }
}
