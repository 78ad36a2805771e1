package io.github.bellhop;

/**
 * A delivery was refused. {@link #code()} is the reason's stable name; the message holds nothing of a secret, a header's
 * value or the payload.
 */
public final class WebhookRefusedException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** What exactly is wrong with the delivery. */
    private final String detail;

    /** What to do. */
    private final String hint;

    WebhookRefusedException(WebhookOutcome.Refused refused) {
        super(
                refused.reason(),
                "The webhook was refused (" + refused.reason() + "): " + refused.detail() + ". " + refused.hint(),
                null);
        this.detail = refused.detail();
        this.hint = refused.hint();
    }

    /** What exactly is wrong with the delivery, such as the names of the missing headers. */
    public String detail() {
        return detail;
    }

    /** What most likely happened and what to do. */
    public String hint() {
        return hint;
    }
}
