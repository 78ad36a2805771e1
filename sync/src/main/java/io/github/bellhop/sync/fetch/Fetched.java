package io.github.bellhop.sync.fetch;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a fetch.
 *
 * @param kind       what
 * @param retryAfter how long to wait, where it is limited; else null
 * @param detail     a few words without any data, where nothing is known; else empty
 */
record Fetched(Kind kind, @Nullable Duration retryAfter, String detail) {
    /** The kinds of outcomes; their names in small letters are those of the metric. */
    enum Kind {
        /** It is in the mirror, by this or by somebody else. */
        MIRRORED,
        /** There is no such entity, or it was deleted. */
        MISSING,
        /** Clerk said so a short time ago. */
        REMEMBERED,
        /** Too much was asked: by this program, or by Clerk's measure. */
        LIMITED,
        /** Clerk does not take the key. */
        REFUSED,
        /** There was no answer to rely on. */
        UNAVAILABLE,
        /** Who asked was interrupted. */
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
