package io.github.bellhop.signature;

/** Why a delivery was not proven. Each has a stable name for answers and metrics and a hint that a person can act on. */
public enum RejectionReason {
    /** One of the three signature headers is absent or empty. */
    MISSING_HEADERS(
            "missing-headers",
            "Svix sends svix-id, svix-timestamp and svix-signature (or all three as webhook-*) with every delivery."
                    + " If they are gone, a proxy removed or renamed them, or the request is not from Clerk."),
    /** A header came twice, or the id is not printable ASCII without a dot, at most 255 long. */
    INVALID_HEADERS(
            "invalid-headers",
            "Each signature header must come once, and the id must be printable ASCII without a dot, at most 255"
                    + " characters. A proxy that repeats or rewrites headers causes this."),
    /** The timestamp is not a plain whole number of seconds. */
    TIMESTAMP_INVALID(
            "timestamp-invalid",
            "The timestamp header must be whole seconds since 1970 in plain digits. A sender of your own must send"
                    + " seconds, not milliseconds or a date."),
    /** The timestamp is older than the tolerance. */
    TIMESTAMP_TOO_OLD(
            "timestamp-too-old",
            "The delivery was signed longer ago than the tolerance allows: it is replayed or was held up, or this"
                    + " machine's clock is ahead. Check the clock (NTP), then resend the message."),
    /** The timestamp lies further in the future than the tolerance. */
    TIMESTAMP_TOO_NEW(
            "timestamp-too-new",
            "The delivery was signed in the future: this machine's clock is behind. Check the clock (NTP)."),
    /** No signature of the header fits any secret. */
    NO_MATCHING_SIGNATURE(
            "no-matching-signature",
            "Either CLERK_WEBHOOK_SIGNING_SECRET is not this endpoint's secret (each endpoint and each Clerk instance"
                    + " has its own), or the body was changed on its way: verify the raw bytes, before any parser.");

    private final String id;
    private final String hint;

    RejectionReason(String id, String hint) {
        this.id = id;
        this.hint = hint;
    }

    /** The stable kebab-case name. */
    public String id() {
        return id;
    }

    /** What most likely happened and what to do, in a sentence or two; never anything of the delivery. */
    public String hint() {
        return hint;
    }
}
