package io.github.bellhop;

/**
 * A delivery was refused. {@link #code()} returns the reason's stable name. The message contains no part of a secret, a
 * header value or the payload.
 */
public final class WebhookRefusedException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The specific problem with the delivery. */
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

    /** Returns the specific problem with the delivery, such as the names of the missing headers. */
    public String detail() {
        return detail;
    }

    /** Returns the most likely cause and what to do. */
    public String hint() {
        return hint;
    }
}
