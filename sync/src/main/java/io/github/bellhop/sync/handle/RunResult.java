package io.github.bellhop.sync.handle;

import org.jspecify.annotations.Nullable;

/**
 * What is noted of an attempt.
 *
 * @param kind   what becomes of the run
 * @param metric the outcome as metrics name it
 * @param reason why, as it is stored; null where there is nothing to say
 * @param nextAt when it is due again, in milliseconds
 */
record RunResult(Kind kind, String metric, @Nullable String reason, long nextAt) {
    static final RunResult DONE = new RunResult(Kind.DONE, "done", null, 0);
    static final RunResult SKIPPED = new RunResult(Kind.DONE, "skipped", null, 0);

    enum Kind {
        /** It is removed. */
        DONE,
        /** It is due later, and the attempt does not count. */
        LATER,
        /** It is due later. */
        FAILED,
        /** It is a dead letter. */
        DEAD
    }

    static RunResult later(long at) {
        return new RunResult(Kind.LATER, "later", null, at);
    }

    static RunResult dead(String reason) {
        return new RunResult(Kind.DEAD, "dead", reason, 0);
    }
}
