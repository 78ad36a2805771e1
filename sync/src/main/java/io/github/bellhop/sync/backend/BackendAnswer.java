package io.github.bellhop.sync.backend;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one request to Clerk. */
public sealed interface BackendAnswer {
    /**
     * What each kind of answer means to somebody.
     *
     * @param <T> what it means
     */
    record Cases<T>(
            Function<Found, T> found,
            Supplier<T> missing,
            Function<RateLimited, T> rateLimited,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {}

    /** What this answer means. */
    default <T> T fold(Cases<T> cases) {
        if (this instanceof Found found) {
            return cases.found().apply(found);
        }
        if (this instanceof RateLimited limited) {
            return cases.rateLimited().apply(limited);
        }
        if (this instanceof Refused refused) {
            return cases.refused().apply(refused);
        }
        return this instanceof Unavailable unavailable
                ? cases.unavailable().apply(unavailable)
                : cases.missing().get();
    }

    /**
     * Clerk has it.
     *
     * @param body the JSON as it came; not copied, and not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Found(byte[] body) implements BackendAnswer {
        @Override
        public String toString() {
            return "Found[" + body.length + " bytes]";
        }
    }

    /** Clerk says that there is no such thing. */
    record Missing() implements BackendAnswer {}

    /**
     * Too much was asked.
     *
     * @param retryAfter how long to ask nothing
     */
    record RateLimited(Duration retryAfter) implements BackendAnswer {}

    /**
     * Clerk does not take the secret key.
     *
     * @param status 401 or 403
     */
    record Refused(int status) implements BackendAnswer {
        /** What is wrong and what to do. */
        public String fix() {
            return "Clerk refused the secret key (status " + status + "). Copy a Secret Key of this instance from the"
                    + " Clerk Dashboard (API keys) into CLERK_SECRET_KEY.";
        }
    }

    /**
     * There was no answer to rely on: nothing is known.
     *
     * @param reason a few words without any data, such as {@code status 500}
     */
    record Unavailable(String reason) implements BackendAnswer {
        /** The thread that asked was interrupted; it is so still. */
        public static final Unavailable INTERRUPTED = new Unavailable("interrupted");
    }
}
