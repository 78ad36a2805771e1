package io.github.bellhop.event;

import java.util.Objects;
import tools.jackson.core.JsonParser;

/**
 * Makes the typed event of a payload, and fails on no payload that is a JSON object: what is unknown is passed over, what
 * is missing or of another shape than expected becomes null or empty, of a key that comes twice the last counts.
 *
 * <p>Stateless; may be used by many threads at once.
 */
public final class EventParser {
    private EventParser() {}

    /**
     * Parses one payload.
     *
     * @param messageId the message's {@code svix-id}
     * @param payload   the exact bytes whose signature was verified; they are copied
     * @return the event's record; an {@link UnknownEvent} when the type is unknown, absent or not a string
     * @throws UnreadablePayloadException as {@link EnvelopeReader#read(byte[])} does, and for no other reason
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

    /** The envelope has been read, so the payload is known to be one well-formed object. */
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
