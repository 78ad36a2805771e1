package io.github.bellhop.sync.fetch;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a fetch.
 *
 * @param kind       the kind of result
 * @param retryAfter the time to wait, for {@link Kind#LIMITED}; otherwise null
 * @param detail     a short description of the failure, without any data; empty if the fetch did not fail
 */
record Fetched(Kind kind, @Nullable Duration retryAfter, String detail) {
    /** The kinds of results. Their names in lower case are the metric's tag values. */
    enum Kind {
        /** The entity is in the mirror, written by this fetch or by another writer. */
        MIRRORED,
        /** Clerk has no such entity, or it was deleted. */
        MISSING,
        /** Clerk reported recently that it has no such entity. */
        REMEMBERED,
        /** A rate limit was exceeded, either this program's own or Clerk's. */
        LIMITED,
        /** Clerk refused the secret key. */
        REFUSED,
        /** There was no usable answer. */
        UNAVAILABLE,
        /** The calling thread was interrupted. */
        INTERRUPTED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Fetched of(Kind kind) {
        return new Fetched(kind, null, "");
    }

    static Fetched limited(Duration retryAfter) {
        return new Fetched(Kind.LIMITED, retryAfter, "");
    }

    static Fetched failed(Kind kind, String detail) {
        return new Fetched(kind, null, detail);
    }
}
