package io.github.bellhop.signature;

/**
 * The reason why a delivery failed verification. Each reason has a stable name for responses and metrics, and an
 * actionable hint.
 */
public enum RejectionReason {
    /** One of the three signature headers is absent or empty. */
    MISSING_HEADERS(
            "missing-headers",
            "Svix sends svix-id, svix-timestamp and svix-signature (or all three as webhook-*) with every delivery."
                    + " If they are missing, a proxy removed or renamed them, or the request is not from Clerk."),
    /**
     * A header was sent more than once, or the id is longer than 255 characters, not printable ASCII, or contains a
     * dot.
     */
    INVALID_HEADERS(
            "invalid-headers",
            "Each signature header must be sent once, and the id must be printable ASCII without a dot, at most 255"
                    + " characters. A proxy that repeats or rewrites headers causes this."),
    /** The timestamp is not a plain whole number of seconds. */
    TIMESTAMP_INVALID(
            "timestamp-invalid",
            "The timestamp header must be the whole number of seconds since 1970, in plain digits. If the sender is"
                    + " your own program, send seconds, not milliseconds or a date."),
    /** The timestamp is older than the tolerance. */
    TIMESTAMP_TOO_OLD(
            "timestamp-too-old",
            "The delivery was signed longer ago than the tolerance allows: it was replayed or delayed, or this"
                    + " machine's clock is ahead. Check the clock (NTP), then resend the message."),
    /** The timestamp lies further in the future than the tolerance. */
    TIMESTAMP_TOO_NEW(
            "timestamp-too-new",
            "The delivery was signed in the future: this machine's clock is behind. Check the clock (NTP)."),
    /** No signature in the header matches any secret. */
    NO_MATCHING_SIGNATURE(
            "no-matching-signature",
            "Either CLERK_WEBHOOK_SIGNING_SECRET is not this endpoint's secret (each endpoint and each Clerk instance"
                    + " has its own), or the body was changed in transit: verify the raw bytes before any parsing.");

    private final String id;
    private final String hint;

    RejectionReason(String id, String hint) {
        this.id = id;
        this.hint = hint;
    }

    /** Returns the stable kebab-case name. */
    public String id() {
        return id;
    }

    /** Returns the most likely cause and what to do, in a sentence or two. It contains nothing from the delivery. */
    public String hint() {
        return hint;
    }
}
