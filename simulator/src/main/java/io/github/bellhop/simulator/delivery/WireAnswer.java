package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.http.ApiJson;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What came back for one request.
 *
 * @param status  the HTTP status; 0 when there was no answer
 * @param headers the answer's headers, the first value of each, by name in lower case
 * @param text    the beginning of the answer's text, or the error's text; may be empty
 * @param error   why there was no answer: {@value #CONNECTION_REFUSED}, {@value #TIMED_OUT}, {@value #UNKNOWN_HOST},
 *                {@value #TARGET_NOT_ALLOWED} or the name of the error's class; null when there was one
 * @param latency from the first byte sent to the last byte of the answer, or to the error
 */
public record WireAnswer(
        int status,
        Map<String, String> headers,
        String text,
        @Nullable String error,
        Duration latency) {
    /** Nothing listens at the address. */
    public static final String CONNECTION_REFUSED = "connection-refused";

    /** The answer did not come, or did not end, within {@link EventSender#TIMEOUT}. */
    public static final String TIMED_OUT = "timed-out";

    /** The host's name is not known. */
    public static final String UNKNOWN_HOST = "unknown-host";

    /** The address is not on this machine and was not allowed. */
    public static final String TARGET_NOT_ALLOWED = "target-not-allowed";

    /** Copies the headers. */
    public WireAnswer {
        headers = Map.copyOf(headers);
    }

    /** No answer. */
    static WireAnswer none(String error, String text, Duration latency) {
        return new WireAnswer(0, Map.of(), text, error, latency);
    }

    /** Whether Svix would call the message delivered: any 2xx. A redirect is a failure. */
    public boolean delivered() {
        return status >= 200 && status < 300;
    }

    /** The {@code reason} of a problem+json answer, or the error if there was no answer; null when there is neither. */
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
