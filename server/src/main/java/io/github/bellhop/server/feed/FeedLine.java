package io.github.bellhop.server.feed;

import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of what a server tells those who listen: a JSON object.
 *
 * @param kind      what it tells
 * @param at        the server's time in milliseconds; of a message, when it came
 * @param messageId the message's id; null in lines of other kinds
 * @param type      the event's type, null when untyped
 * @param entityId  the entity's id
 * @param state     where the message stood in the inbox
 * @param body      the payload, as far as it is handed out; null when it is gone
 */
@SuppressWarnings("ArrayRecordComponent") // written or forwarded once; never compared
public record FeedLine(
        Kind kind,
        long at,
        @Nullable String messageId,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable String state,
        byte @Nullable [] body) {
    /** What a line tells. */
    public enum Kind {
        /** The stream has begun; the first line. */
        READY,
        /** A message. */
        MESSAGE,
        /** Nothing new, but the server is there. */
        HEARTBEAT,
        /** The server ends the stream. */
        END
    }

    private static final JsonMapper JSON = new JsonMapper();

    /** A line that tells of no message. */
    static FeedLine of(Kind kind, long at) {
        return new FeedLine(kind, at, null, null, null, null, null);
    }

    /** Whether it is a message whose payload is gone. */
    public boolean expired() {
        return kind == Kind.MESSAGE && body == null;
    }

    /** The line without its line break. */
    public String text() {
        ObjectNode line = JSON.createObjectNode();
        line.put("kind", kind.name().toLowerCase(Locale.ROOT));
        line.put("at", at);
        if (kind == Kind.MESSAGE) {
            line.put("message_id", messageId);
            line.put("type", type);
            line.put("entity_id", entityId);
            line.put("state", state);
            line.put("body_base64", body == null ? null : Base64.getEncoder().encodeToString(body));
        }
        return JSON.writeValueAsString(line);
    }

    /** Reads a line; null when it is of a kind that a newer server has, or none of ours at all. */
    public static @Nullable FeedLine parse(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            Kind kind = Kind.valueOf(line.path("kind").asString("").toUpperCase(Locale.ROOT));
            String body = text(line, "body_base64");
            String id = text(line, "message_id");
            if (kind == Kind.MESSAGE && id == null) {
                return null;
            }
            return new FeedLine(
                    kind,
                    line.path("at").asLong(0),
                    id,
                    text(line, "type"),
                    text(line, "entity_id"),
                    text(line, "state"),
                    body == null ? null : Base64.getDecoder().decode(body));
        } catch (JacksonException | IllegalArgumentException unknown) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode line, String key) {
        JsonNode value = line.path(key);
        return value.isString() ? value.stringValue() : null;
    }

    /** Nothing of the payload. */
    @Override
    public String toString() {
        return "FeedLine[" + kind + ", " + messageId + "]";
    }
}
