package io.github.bellhop.test;

/**
 * What the receiver answered to a delivery.
 *
 * @param status the HTTP status
 * @param body   the body; empty when there was none
 */
public record DeliveryAnswer(int status, String body) {
    /** Whether the message was kept: 2xx. */
    public boolean isKept() {
        return status >= 200 && status < 300;
    }
}
