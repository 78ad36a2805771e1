package io.github.bellhop.server.feed;

import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of the stream that a server sends to a listener: a JSON object.
 *
 * @param kind      the kind of line
 * @param at        the server's time in milliseconds; for a message, the time of receipt
 * @param messageId the message's id; null in lines of other kinds
 * @param type      the event's type; null if it has none
 * @param entityId  the entity's id
 * @param state     the state of the message in the inbox
 * @param body      the published part of the payload; null if the payload was removed
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
    /** The kind of a line. */
    public enum Kind {
        /** The first line of a stream. */
        READY,
        /** A message. */
        MESSAGE,
        /** There is nothing new, but the server is alive. */
        HEARTBEAT,
        /** The server ends the stream. */
        END
    }

    private static final JsonMapper JSON = new JsonMapper();

    /** Creates a line without a message. */
    static FeedLine of(Kind kind, long at) {
        return new FeedLine(kind, at, null, null, null, null, null);
    }

    /** Whether it is a message whose payload was removed. */
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

    /** Parses a line. Returns null for anything else, including kinds that a newer server sends. */
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

    /** Leaves out the payload. */
    @Override
    public String toString() {
        return "FeedLine[" + kind + ", " + messageId + "]";
    }
}
