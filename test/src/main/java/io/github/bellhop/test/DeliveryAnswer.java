package io.github.bellhop.test;

/**
 * The receiver's answer to a delivery.
 *
 * @param status the HTTP status
 * @param body   the body; empty if there was none
 */
public record DeliveryAnswer(int status, String body) {
    /** Whether the message was accepted: a 2xx status. */
    public boolean isKept() {
        return status >= 200 && status < 300;
    }
}
