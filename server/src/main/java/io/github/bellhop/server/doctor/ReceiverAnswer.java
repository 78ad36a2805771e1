package io.github.bellhop.server.doctor;

import io.github.bellhop.server.answer.HttpAnswer;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer from a receiver, or the reason why there was no answer.
 *
 * @param status  the HTTP status; 0 if there was no answer
 * @param headers its headers
 * @param body    its body
 * @param fault   why there was no answer; null if there was one
 * @param sentAt  when the request was sent
 * @param took    the time until the answer
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ReceiverAnswer(
        int status,
        HttpHeaders headers,
        byte[] body,
        @Nullable Fault fault,
        Instant sentAt,
        Duration took) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int READ_BYTES = 20_000;
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

    /** The reason why there was no answer. */
    enum Fault {
        REFUSED,
        UNKNOWN_HOST,
        TIMED_OUT,
        TLS,
        BROKEN
    }

    static ReceiverAnswer none(Fault fault, Instant sentAt) {
        return new ReceiverAnswer(0, NONE, new byte[0], fault, sentAt, Duration.ZERO);
    }

    /** Returns the reason that a Bellhop receiver gives for a rejection; empty for any other answer. */
    String reason() {
        try {
            String reason = JSON.readTree(body).path("reason").asString("");
            return reason.matches("[a-z0-9-]{1,60}") ? reason : "";
        } catch (JacksonException notJson) {
            return "";
        }
    }

    /** Whether a Bellhop receiver rejected the sender's address because its allowlist is enforced. */
    boolean isSourceNotAllowed() {
        return status == 403 && reason().equals("source-not-allowed");
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Converts this answer for the table of known answers. */
    HttpAnswer at(URI url) {
        String text = new String(body, 0, Math.min(body.length, READ_BYTES), StandardCharsets.UTF_8);
        return new HttpAnswer(url, status, headers.map(), text);
    }

    /** Returns this machine's time halfway between the request and the answer. */
    Instant middle() {
        return sentAt.plus(took.dividedBy(2));
    }

    @Override
    public String toString() {
        return "ReceiverAnswer[" + status + ", " + fault + "]";
    }
}
