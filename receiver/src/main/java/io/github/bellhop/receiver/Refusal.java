package io.github.bellhop.receiver;

import io.github.bellhop.SettingNames;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.signature.Verification;
import java.util.function.Function;

/**
 * The reason why a delivery is refused, as sent to the sender.
 *
 * @param status the HTTP status
 * @param reason the stable kebab-case name
 * @param detail the specific problem and what to do; contains no part of the delivery's content and no secret
 */
record Refusal(int status, String reason, String detail) implements Outcome {
    static final Refusal NOT_FOUND =
            new Refusal(404, "not-found", "Nothing is served at this path. Check the path of the endpoint's URL.");
    static final Refusal NOT_POST = new Refusal(405, "method-not-allowed", "Webhooks must be sent with POST.");
    static final Refusal NOT_JSON =
            new Refusal(415, "unsupported-content-type", "The Content-Type must be application/json.");
    static final Refusal TOO_SLOW = new Refusal(408, "body-too-slow", "The body did not arrive in time.");
    static final Refusal INCOMPLETE = new Refusal(400, "body-incomplete", "The body ended before it was complete.");
    static final Refusal EMPTY = new Refusal(400, "body-empty", "The body is empty.");
    static final Refusal SOURCE_NOT_ALLOWED = new Refusal(
            403,
            "source-not-allowed",
            "The sender's address is not one of Svix's. Behind a proxy, set bellhop.trusted-proxies and"
                    + " bellhop.client-address-header. With bellhop.ip-allowlist=observe, such deliveries are accepted"
                    + " and counted.");
    static final Refusal BUDGET_USED_UP =
            new Refusal(503, "budget-used-up", "Too many body bytes are in flight. Retry later.");
    static final Refusal STORE_UNAVAILABLE =
            new Refusal(503, "store-unavailable", "The message cannot be stored at the moment. Retry later.");
    static final Refusal NOT_IN_TIME =
            new Refusal(503, "not-in-time", "The message could not be stored in time. Retry later.");

    static final Refusal REQUEST_WRAPPED = new Refusal(
            503,
            "request-wrapped",
            "A filter in front of the receiver wraps the request so that its body cannot be read; the log names the"
                    + " filter's class. Retry later.");

    static final Refusal FAULT = new Refusal(503, "fault", "The receiver failed; see its log. Retry later.");

    /** Returns the specific problem and what to do. Settings appear under the names that the program's users know. */
    @Override
    public String detail() {
        return SettingNames.in(detail);
    }

    @Override
    public <T> T fold(Function<Acknowledged, T> acknowledged, Function<Refusal, T> refused) {
        return refused.apply(this);
    }

    static Refusal tooLarge(long limit) {
        return new Refusal(413, "body-too-large", "The body is larger than " + limit + " bytes.");
    }

    static Refusal of(Verification.Rejected rejected) {
        return new Refusal(
                400,
                rejected.reason().id(),
                rejected.detail() + ". " + rejected.reason().hint());
    }

    static Refusal of(UnreadablePayloadException unreadable) {
        return new Refusal(400, unreadable.code(), "The signature is valid, but " + unreadable.getMessage() + ".");
    }
}
