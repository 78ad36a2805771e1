package io.github.bellhop.sync.backend;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** The outcome of one request to Clerk. */
public sealed interface BackendAnswer {
    /**
     * A set of functions, one for each kind of answer.
     *
     * @param <T> the result type
     */
    record Cases<T>(
            Function<Found, T> found,
            Supplier<T> missing,
            Function<RateLimited, T> rateLimited,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {}

    /** Applies the function for this kind of answer. */
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
     * Clerk has the entity or the page.
     *
     * @param body the JSON as received; it is not copied and must not be modified
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Found(byte[] body) implements BackendAnswer {
        @Override
        public String toString() {
            return "Found[" + body.length + " bytes]";
        }
    }

    /** Clerk has no such entity. */
    record Missing() implements BackendAnswer {}

    /**
     * Clerk's rate limit was exceeded.
     *
     * @param retryAfter how long to wait before the next request
     */
    record RateLimited(Duration retryAfter) implements BackendAnswer {}

    /**
     * Clerk refused the secret key.
     *
     * @param status 401 or 403
     */
    record Refused(int status) implements BackendAnswer {
        /** Returns a message that describes the problem and the fix. */
        public String fix() {
            return "Clerk refused the secret key (status " + status + "). Copy a Secret Key of this instance from the"
                    + " Clerk Dashboard (API keys) into CLERK_SECRET_KEY.";
        }
    }

    /**
     * There was no usable answer, so whether the entity exists is unknown.
     *
     * @param reason a short description without any data, such as {@code status 500}
     */
    record Unavailable(String reason) implements BackendAnswer {
        /** The calling thread was interrupted; its interrupt flag is still set. */
        public static final Unavailable INTERRUPTED = new Unavailable("interrupted");
    }
}
