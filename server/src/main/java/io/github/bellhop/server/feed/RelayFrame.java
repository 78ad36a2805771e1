package io.github.bellhop.server.feed;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One frame of Svix's relay protocol, in the form that the official command lines write and read. A start frame has a
 * token. An event frame from the relay has a method; an event frame to the relay has a status.
 *
 * @param token   the token of a start frame
 * @param id      the id of an event; the answer has the same id
 * @param method  the method of a delivery
 * @param status  the status of an answer; 0 in other frames
 * @param headers the headers of a delivery or an answer, with one value each
 * @param body    the body of a delivery or an answer
 * @see <a href="https://github.com/svix/svix-webhooks/tree/main/svix-cli/src/relay">Svix: its command line</a>
 */
@SuppressWarnings("ArrayRecordComponent") // written or forwarded once; never compared
public record RelayFrame(
        @Nullable String token,
        @Nullable String id,
        @Nullable String method,
        int status,
        Map<String, String> headers,
        byte[] body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;

    /** Copies the headers. */
    public RelayFrame {
        headers = Map.copyOf(headers);
    }

    /** Creates the first frame of a client, which is also the relay's reply to it. */
    public static RelayFrame start(String token) {
        return new RelayFrame(token, null, null, 0, Map.of(), new byte[0]);
    }

    /** Creates a delivery to the client. */
    public static RelayFrame delivery(String id, String method, Map<String, String> headers, byte[] body) {
        return new RelayFrame(null, id, method, 0, headers, body);
    }

    /** Creates the answer of the client's app. */
    public static RelayFrame answer(String id, int status, Map<String, String> headers, byte[] body) {
        return new RelayFrame(null, id, null, status, headers, body);
    }

    /** The text of the frame. */
    public String text() {
        ObjectNode frame = JSON.createObjectNode();
        frame.put("type", id == null ? "start" : "event");
        frame.put("version", VERSION);
        ObjectNode data = frame.putObject("data");
        if (id == null) {
            data.put("token", token);
        } else {
            data.put("id", id);
            if (method == null) {
                data.put("status", status);
            } else {
                data.put("method", method);
            }
            ObjectNode all = data.putObject("headers");
            headers.forEach(all::put);
            data.put("body", Base64.getEncoder().encodeToString(body));
        }
        return JSON.writeValueAsString(frame);
    }

    /** Parses a frame. Returns null if it is not a valid frame. */
    public static @Nullable RelayFrame parse(String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            JsonNode data = frame.path("data");
            String type = frame.path("type").asString("");
            if (type.equals("start") && data.path("token").isString()) {
                return start(data.path("token").stringValue());
            }
            if (!type.equals("event") || !data.path("id").isString()) {
                return null;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            data.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString("")));
            return new RelayFrame(
                    null,
                    data.path("id").stringValue(),
                    data.path("method").isString() ? data.path("method").stringValue() : null,
                    data.path("status").asInt(0),
                    headers,
                    Base64.getDecoder().decode(data.path("body").asString("")));
        } catch (JacksonException | IllegalArgumentException unusable) {
            return null;
        }
    }

    /** Leaves out the token and the payload. */
    @Override
    public String toString() {
        return "RelayFrame[" + id + "]";
    }
}
