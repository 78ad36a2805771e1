package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to deliver a message to an endpoint, after its end.
 *
 * @param id         {@code atmpt_} and 27 letters and digits
 * @param messageId  the message's
 * @param endpointId the endpoint's
 * @param url        where it went
 * @param status     success or fail
 * @param trigger    what made it happen
 * @param statusCode the HTTP status; 0 when there was no answer
 * @param response   the beginning of the answer's text, or the error's text
 * @param duration   how long it took
 * @param timestamp  when it began
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
    /** What makes an attempt happen. */
    public enum Trigger {
        /** The schedule. */
        SCHEDULED(0),
        /** A resend, a recovery or a replay. */
        MANUAL(1);

        private final int number;

        Trigger(int number) {
            this.number = number;
        }

        /** Svix's number of it. */
        public int number() {
            return number;
        }
    }

    Attempt withoutResponse() {
        return new Attempt(id, messageId, endpointId, url, status, trigger, statusCode, "", duration, timestamp);
    }

    /** Without the answer's text. */
    @Override
    public String toString() {
        return "Attempt[" + id + ", " + messageId + ", " + endpointId + ", " + statusCode + "]";
    }
}
