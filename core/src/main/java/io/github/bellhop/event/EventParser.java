package io.github.bellhop.event;

import java.util.Objects;
import tools.jackson.core.JsonParser;

/**
 * Parses a payload into a typed event. It accepts every payload that is a JSON object: unknown keys are ignored, and a
 * missing value or one of an unexpected shape becomes null or empty. If a key is repeated, the last value wins.
 *
 * <p>Stateless and safe for concurrent use.
 */
public final class EventParser {
    private EventParser() {}

    /**
     * Parses one payload.
     *
     * @param messageId the message's {@code svix-id}
     * @param payload   the exact bytes whose signature was verified; they are copied
     * @return the event's record; an {@link UnknownEvent} if the type is unknown, absent or not a string
     * @throws UnreadablePayloadException only under the conditions of {@link EnvelopeReader#read(byte[])}
     */
    public static ClerkEvent parse(String messageId, byte[] payload) {
        EventMeta meta = EventMeta.of(Objects.requireNonNull(messageId), EnvelopeReader.read(payload));
        RawPayload raw = RawPayload.of(payload);
        EventType type = EventType.of(meta.type());
        if (type == null) {
            return new UnknownEvent(meta, raw);
        }
        Object data = PayloadJson.read(payload, parser -> readData(parser, type.dataClass()));
        return type.eventClass().cast(RecordShape.of(type.eventClass()).construct(meta, data, raw));
    }

    /** Reading the envelope has already checked that the payload is one well-formed object. */
    private static Object readData(JsonParser parser, Class<?> type) {
        ValueReader reader = ValueReader.recordOf(type);
        Object data = null;
        parser.nextToken();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            if (key.equals("data")) {
                data = reader.read(parser);
            } else {
                parser.skipChildren();
            }
        }
        return data == null ? RecordShape.of(type).empty() : data;
    }
}
