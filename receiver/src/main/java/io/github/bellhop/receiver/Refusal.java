package io.github.bellhop.receiver;

import io.github.bellhop.SettingNames;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.signature.Verification;
import java.util.function.Function;

/**
 * Why a delivery is not taken, as it is answered.
 *
 * @param status the HTTP status
 * @param reason the stable kebab-case name
 * @param detail what exactly and what to do; nothing of the delivery's content, and no secret
 */
record Refusal(int status, String reason, String detail) implements Outcome {
    static final Refusal NOT_FOUND =
            new Refusal(404, "not-found", "Nothing is here. Check the path of the endpoint's URL.");
    static final Refusal NOT_POST = new Refusal(405, "method-not-allowed", "Webhooks come by POST.");
    static final Refusal NOT_JSON =
            new Refusal(415, "unsupported-content-type", "The Content-Type must be application/json.");
    static final Refusal TOO_SLOW = new Refusal(408, "body-too-slow", "The body did not come in time.");
    static final Refusal INCOMPLETE = new Refusal(400, "body-incomplete", "The body ended before it was complete.");
    static final Refusal EMPTY = new Refusal(400, "body-empty", "The body is empty.");
    static final Refusal SOURCE_NOT_ALLOWED = new Refusal(
            403,
            "source-not-allowed",
            "The sender's address is not one of Svix's. Behind a proxy, set bellhop.trusted-proxies and"
                    + " bellhop.client-address-header; bellhop.ip-allowlist=observe takes such deliveries and counts them.");
    static final Refusal BUDGET_USED_UP =
            new Refusal(503, "budget-used-up", "Too much is in flight at the moment. Come again.");
    static final Refusal STORE_UNAVAILABLE =
            new Refusal(503, "store-unavailable", "The message could not be kept at the moment. Come again.");
    static final Refusal NOT_IN_TIME =
            new Refusal(503, "not-in-time", "The message could not be kept in time. Come again.");

    static final Refusal REQUEST_WRAPPED = new Refusal(
            503,
            "request-wrapped",
            "A filter in front of the receiver wraps the request in a way that its body cannot be read; the log names its"
                    + " class. Retry later.");

    static final Refusal FAULT =
            new Refusal(503, "fault", "Something went wrong here; the log tells what. Come again.");

    /** What exactly and what to do; names settings as the program's users know them. */
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
        return new Refusal(400, unreadable.code(), "The signature is right, but " + unreadable.getMessage() + ".");
    }
}
