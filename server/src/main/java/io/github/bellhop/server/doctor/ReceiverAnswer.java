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
 * What a receiver answered.
 *
 * @param status  the HTTP status; 0 when there was no answer
 * @param headers its headers
 * @param body    its body
 * @param fault   why there was no answer
 * @param sentAt  when it was asked
 * @param took    until the answer
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

    /** Why there was no answer. */
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

    /** The stable name of a refusal of Bellhop's; empty when it is none. */
    String reason() {
        try {
            String reason = JSON.readTree(body).path("reason").asString("");
            return reason.matches("[a-z0-9-]{1,60}") ? reason : "";
        } catch (JacksonException noJson) {
            return "";
        }
    }

    /** Whether a receiver of Bellhop's lets no sender in but Svix. */
    boolean isSourceNotAllowed() {
        return status == 403 && reason().equals("source-not-allowed");
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The same as the table of answers reads it. */
    HttpAnswer at(URI url) {
        String text = new String(body, 0, Math.min(body.length, READ_BYTES), StandardCharsets.UTF_8);
        return new HttpAnswer(url, status, headers.map(), text);
    }

    /** The machine's own clock half-way between question and answer. */
    Instant middle() {
        return sentAt.plus(took.dividedBy(2));
    }

    @Override
    public String toString() {
        return "ReceiverAnswer[" + status + ", " + fault + "]";
    }
}
