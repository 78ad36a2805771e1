package io.github.bellhop.test;

import java.net.URI;

/**
 * Gives signed events to the app under test. In a Spring Boot test there is a bean of this type, which finds the app by
 * its port or by MockMvc; elsewhere take {@link #to}. Safe for concurrent use.
 */
@FunctionalInterface
public interface Deliveries {
    /**
     * Posts one delivery and waits for its answer, whatever it is.
     *
     * @throws java.io.UncheckedIOException when the app cannot be reached
     */
    DeliveryAnswer post(SignedEvent event);

    /**
     * Posts one delivery that has to be kept: when this returns, what it tells can be read in the mirror.
     *
     * @return the event, for what is to be asserted next
     * @throws AssertionError when it was answered otherwise; it tells the status and the reason
     */
    default SignedEvent deliver(SignedEvent event) {
        DeliveryAnswer answer = post(event);
        if (!answer.isKept()) {
            throw new AssertionError("The delivery of " + event.messageId() + " was answered " + answer.status() + " "
                    + answer.body() + ". See that secret and path are those of the app.");
        }
        return event;
    }

    /**
     * Deliveries over HTTP.
     *
     * @param webhook the whole address of the receiver, such as {@code http://localhost:8080/api/webhooks/clerk}
     */
    static Deliveries to(URI webhook) {
        return new HttpDeliveries(webhook);
    }
}
