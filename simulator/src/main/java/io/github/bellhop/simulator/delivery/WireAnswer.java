package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.http.ApiJson;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The answer to one request, or the error in its place.
 *
 * @param status  the HTTP status; 0 if there was no answer
 * @param headers the first value of each of the answer's headers, by lower-case name
 * @param text    the beginning of the answer's body, or the error message; may be empty
 * @param error   why there was no answer: {@value #CONNECTION_REFUSED}, {@value #TIMED_OUT}, {@value #UNKNOWN_HOST},
 *                {@value #TARGET_NOT_ALLOWED} or the name of the error's class; null if there was an answer
 * @param latency the time from the first byte sent to the last byte of the answer, or to the error
 */
public record WireAnswer(
        int status,
        Map<String, String> headers,
        String text,
        @Nullable String error,
        Duration latency) {
    /** No program listens at the address. */
    public static final String CONNECTION_REFUSED = "connection-refused";

    /** The answer was not complete within {@link EventSender#TIMEOUT}. */
    public static final String TIMED_OUT = "timed-out";

    /** The host name could not be resolved. */
    public static final String UNKNOWN_HOST = "unknown-host";

    /** The address is not on this machine and is not allowed. */
    public static final String TARGET_NOT_ALLOWED = "target-not-allowed";

    /** Copies the headers. */
    public WireAnswer {
        headers = Map.copyOf(headers);
    }

    /** A result without an answer. */
    static WireAnswer none(String error, String text, Duration latency) {
        return new WireAnswer(0, Map.of(), text, error, latency);
    }

    /** Whether Svix counts the message as delivered: only with a 2xx status. A redirect is a failure. */
    public boolean delivered() {
        return status >= 200 && status < 300;
    }

    /** The {@code reason} in a problem+json answer, or the error if there was no answer; null if there is neither. */
    public @Nullable String reason() {
        if (error != null || !text.startsWith("{")) {
            return error;
        }
        try {
            JsonNode reason = ApiJson.read(text).path("reason");
            return reason.isString() ? reason.stringValue() : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
