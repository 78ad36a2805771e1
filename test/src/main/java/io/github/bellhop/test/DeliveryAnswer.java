package io.github.bellhop.test;

/**
 * The receiver's answer to a delivery.
 *
 * @param status the HTTP status
 * @param body   the body; empty if there was none
 */
public record DeliveryAnswer(int status, String body) {
    /** Returns whether the message was accepted, that is, whether the status is 2xx. */
    public boolean isKept() {
        return status >= 200 && status < 300;
    }
}
