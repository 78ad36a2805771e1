package io.github.bellhop.sync.fetch;

import io.github.bellhop.BellhopException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if it cannot currently be determined whether Clerk has an entity. The codes are {@code fetch-limited},
 * {@code fetch-refused}, {@code fetch-unavailable}, {@code fetch-interrupted}, {@code fetch-not-configured} and
 * {@code fetch-in-transaction}.
 */
public final class FetchException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final @Nullable Duration retryAfter;

    private FetchException(String code, String id, String reason, @Nullable Duration retryAfter) {
        super(code, id + " is not mirrored and could not be fetched from Clerk: " + reason, null);
        this.id = id;
        this.retryAfter = retryAfter;
    }

    /** Returns an exception that reports a missing secret key. */
    public static FetchException notConfigured(String id) {
        return new FetchException(
                "fetch-not-configured",
                id,
                "no secret key is set. Set CLERK_SECRET_KEY (or bellhop.secret-key in a Spring Boot app) to a Secret"
                        + " Key of the instance; it begins with sk_.",
                null);
    }

    static FetchException inTransaction(String id) {
        return new FetchException(
                "fetch-in-transaction",
                id,
                "getOrFetch must not be called inside a transaction, which would hold its connection while"
                        + " getOrFetch waits for Clerk. Call getOrFetch before the transaction begins, or use find.",
                null);
    }

    static FetchException of(Fetched fetched, String id) {
        Duration wait = fetched.retryAfter();
        return switch (fetched.kind()) {
            case LIMITED ->
                new FetchException(
                        "fetch-limited",
                        id,
                        "too many requests to Clerk. Retry in " + (wait == null ? "a while" : seconds(wait)) + ".",
                        wait);
            case REFUSED -> new FetchException("fetch-refused", id, fetched.detail(), null);
            case INTERRUPTED -> new FetchException("fetch-interrupted", id, "the thread was interrupted. Retry.", null);
            default ->
                new FetchException(
                        "fetch-unavailable",
                        id,
                        "Clerk's Backend API gave no usable answer (" + fetched.detail()
                                + "). Retry later. If the problem persists, check the network and the API's URL.",
                        null);
        };
    }

    private static String seconds(Duration wait) {
        return Math.max(1, (wait.toMillis() + 999) / 1000) + " s";
    }

    /** Returns the id of the entity. */
    public String id() {
        return id;
    }

    /** Returns the time to wait before a retry; null if unknown. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
