package io.github.bellhop.simulator.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt to deliver a message.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type
 * @param entityId  {@code data.id}; null when the payload has none
 * @param status    the HTTP status; 0 when there was no answer
 * @param latency   from the first byte sent to the last byte of the answer, or to the error
 * @param reason    the {@code reason} of a problem+json answer; without an answer {@value #CONNECTION_REFUSED},
 *                  {@value #TIMED_OUT}, {@value #UNKNOWN_HOST}, {@value #TARGET_NOT_ALLOWED} or the name of the error's class; otherwise null
 * @param answer    the beginning of the answer's text, or the error's text; may be empty
 */
public record DeliveryResult(
        String messageId,
        String type,
        @Nullable String entityId,
        int status,
        Duration latency,
        @Nullable String reason,
        String answer) {
    /** Nothing listens at the address. */
    public static final String CONNECTION_REFUSED = "connection-refused";

    /** The answer did not come, or did not end, within {@link EventSender#TIMEOUT}. */
    public static final String TIMED_OUT = "timed-out";

    /** The host's name is not known. */
    public static final String UNKNOWN_HOST = "unknown-host";

    /** The address is not on this machine and was not allowed. */
    public static final String TARGET_NOT_ALLOWED = "target-not-allowed";

    /** Whether Svix would call the message delivered: any 2xx. A redirect is a failure. */
    public boolean delivered() {
        return status >= 200 && status < 300;
    }
}
