package io.github.bellhop.sync.fetch;

import io.github.bellhop.BellhopException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * It cannot be told now whether Clerk has an entity. Its codes: {@code fetch-limited}, {@code fetch-refused},
 * {@code fetch-unavailable}, {@code fetch-interrupted}, {@code fetch-not-configured}, {@code fetch-in-transaction}.
 */
public final class FetchException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final @Nullable Duration retryAfter;

    private FetchException(String code, String id, String because, @Nullable Duration retryAfter) {
        super(code, id + " is not mirrored, and it cannot be told now whether Clerk has it: " + because, null);
        this.id = id;
        this.retryAfter = retryAfter;
    }

    /** There is nobody to ask. */
    public static FetchException notConfigured(String id) {
        return new FetchException(
                "fetch-not-configured",
                id,
                "no secret key is set. Set CLERK_SECRET_KEY (in a Spring Boot app bellhop.secret-key too) to a Secret"
                        + " Key of the instance; it begins with sk_.",
                null);
    }

    static FetchException inTransaction(String id) {
        return new FetchException(
                "fetch-in-transaction",
                id,
                "Clerk is not asked inside a transaction, because the transaction would hold its connection while it"
                        + " waits. Call getOrFetch before the transaction begins, or use find.",
                null);
    }

    static FetchException of(Fetched fetched, String id) {
        Duration wait = fetched.retryAfter();
        return switch (fetched.kind()) {
            case LIMITED ->
                new FetchException(
                        "fetch-limited",
                        id,
                        "too much was asked of Clerk. Ask again in " + (wait == null ? "a while" : seconds(wait)) + ".",
                        wait);
            case REFUSED -> new FetchException("fetch-refused", id, fetched.detail(), null);
            case INTERRUPTED ->
                new FetchException("fetch-interrupted", id, "the thread was interrupted. Ask again.", null);
            default ->
                new FetchException(
                        "fetch-unavailable",
                        id,
                        "Clerk's Backend API gave no answer to rely on (" + fetched.detail()
                                + "). Ask again later; if it lasts, check the network and the API's URL.",
                        null);
        };
    }

    private static String seconds(Duration wait) {
        return Math.max(1, (wait.toMillis() + 999) / 1000) + " s";
    }

    /** The entity that was asked for. */
    public String id() {
        return id;
    }

    /** When to ask again, if that is known; else null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
