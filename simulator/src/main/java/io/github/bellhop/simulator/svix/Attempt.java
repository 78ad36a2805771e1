package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;

/**
 * A completed or canceled attempt to deliver a message to an endpoint.
 *
 * @param id         {@code atmpt_} followed by 27 letters and digits
 * @param messageId  the id of the message
 * @param endpointId the id of the endpoint
 * @param url        the URL of the request
 * @param status     {@code SUCCESS}, {@code FAIL} or {@code CANCELED}
 * @param trigger    what caused the attempt
 * @param statusCode the HTTP status; 0 if there was no answer
 * @param response   the beginning of the answer's body, or the error message
 * @param duration   how long the attempt took
 * @param timestamp  when the attempt began
 */
public record Attempt(
        String id,
        String messageId,
        String endpointId,
        String url,
        AttemptStatus status,
        Trigger trigger,
        int statusCode,
        String response,
        Duration duration,
        Instant timestamp) {
    /** What caused an attempt. */
    public enum Trigger {
        /** The schedule. */
        SCHEDULED(0),
        /** A resend, a recovery or a replay. */
        MANUAL(1);

        private final int number;

        Trigger(int number) {
            this.number = number;
        }

        /** The number of this trigger in Svix's API. */
        public int number() {
            return number;
        }
    }

    Attempt withoutResponse() {
        return new Attempt(id, messageId, endpointId, url, status, trigger, statusCode, "", duration, timestamp);
    }

    /** Leaves out the answer's body. */
    @Override
    public String toString() {
        return "Attempt[" + id + ", " + messageId + ", " + endpointId + ", " + statusCode + "]";
    }
}
