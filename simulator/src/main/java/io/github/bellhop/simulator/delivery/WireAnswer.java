package io.github.bellhop.simulator.delivery;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one request.
 *
 * @param status  the HTTP status; 0 when there was no answer
 * @param headers the answer's headers, the first value of each, by name in lower case
 * @param text    the beginning of the answer's text, or the error's text; may be empty
 * @param error   why there was no answer, such as {@value DeliveryResult#CONNECTION_REFUSED}; null when there was one
 * @param latency from the first byte sent to the last byte of the answer, or to the error
 */
public record WireAnswer(
        int status,
        Map<String, String> headers,
        String text,
        @Nullable String error,
        Duration latency) {
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
}
