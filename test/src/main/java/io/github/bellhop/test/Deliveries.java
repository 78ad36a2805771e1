package io.github.bellhop.test;

import java.net.URI;

/**
 * Sends signed events to the app under test. A Spring Boot test has a bean of this type, which reaches the app at its
 * port or through MockMvc; elsewhere use {@link #to}. Safe for concurrent use.
 */
@FunctionalInterface
public interface Deliveries {
    /**
     * Posts one delivery, waits for the answer and returns it, whatever its status.
     *
     * @throws java.io.UncheckedIOException if the app cannot be reached
     */
    DeliveryAnswer post(SignedEvent event);

    /**
     * Posts one delivery that must be accepted. When this method returns, the mirror contains the event's changes.
     *
     * @return the event, for further assertions
     * @throws AssertionError if the answer is not 2xx; the message contains the status and the reason
     */
    default SignedEvent deliver(SignedEvent event) {
        DeliveryAnswer answer = post(event);
        if (!answer.isKept()) {
            throw new AssertionError("The delivery of " + event.messageId() + " was answered " + answer.status() + " "
                    + answer.body() + ". Make sure that the secret and the path match the app's.");
        }
        return event;
    }

    /**
     * Returns an instance that sends events over HTTP.
     *
     * @param webhook the URL of the receiver, such as {@code http://localhost:8080/api/webhooks/clerk}
     */
    static Deliveries to(URI webhook) {
        return new HttpDeliveries(webhook);
    }
}
