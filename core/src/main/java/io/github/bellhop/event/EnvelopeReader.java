package io.github.bellhop.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads the envelope of a payload in one streaming pass that builds no tree, and checks on the way that the whole
 * payload is one JSON object in UTF-8. Of a key that comes twice the last counts.
 *
 * @hidden
 */
public final class EnvelopeReader {
    private EnvelopeReader() {}

    /**
     * Reads one payload.
     *
     * @param body the exact bytes whose signature was verified
     * @return what the envelope says, as far as it is usable
     * @throws UnreadablePayloadException when the bytes are not one JSON object, not UTF-8, begin with a byte order
     *     mark, or nest deeper than {@link PayloadJson#MAX_DEPTH}
     */
    public static Envelope read(byte[] body) {
        refuseForeignEncoding(body);
        try {
            return PayloadJson.read(body, EnvelopeReader::read);
        } catch (StreamConstraintsException tooDeep) {
            throw new UnreadablePayloadException(
                    "nested-too-deep", "the payload nests deeper than " + PayloadJson.MAX_DEPTH + " levels", null);
        } catch (StreamReadException broken) {
            throw unreadable(broken);
        }
    }

    private static Envelope read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadablePayloadException("not-a-json-object", "the payload is no JSON object", null);
        }
        Envelope envelope = new Pass(parser).envelope();
        if (parser.nextToken() != null) {
            throw new UnreadablePayloadException(
                    "not-a-json-object", "something follows the JSON object of the payload", null);
        }
        return envelope;
    }

    /** The JSON reader would take UTF-16 and UTF-32, skip a byte order mark, and let pass some ill-formed UTF-8. */
    private static void refuseForeignEncoding(byte[] body) {
        int first = body.length > 0 ? body[0] & 0xFF : -1;
        if (first == 0xEF || first == 0xFE || first == 0xFF) {
            throw new UnreadablePayloadException("byte-order-mark", "the payload begins with a byte order mark", null);
        }
        boolean nulNearStart = false;
        for (int i = 0; i < Math.min(4, body.length); i++) {
            nulNearStart |= body[i] == 0;
        }
        if (nulNearStart || !Utf8.isValid(body)) {
            throw new UnreadablePayloadException("not-utf-8", "the payload is not valid UTF-8", null);
        }
    }

    // The reader's own message quotes the payload, so only the place of the error is told.
    private static UnreadablePayloadException unreadable(StreamReadException broken) {
        var place = broken.getLocation();
        String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        return new UnreadablePayloadException("not-json", "the payload is not valid JSON" + where, null);
    }

    /** One reading, with what it has found so far. */
    private static final class Pass {
        private final JsonParser parser;
        private @Nullable String type;
        private @Nullable String entityId;
        private @Nullable String instanceId;
        private @Nullable Instant occurredAt;
        private @Nullable String clientIp;
        private @Nullable String userAgent;

        Pass(JsonParser parser) {
            this.parser = parser;
        }

        Envelope envelope() {
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (key) {
                    case "type" -> type = text(value);
                    case "instance_id" -> instanceId = text(value);
                    case "timestamp" -> occurredAt = time(value);
                    case "data" -> readData(value);
                    case "event_attributes" -> readAttributes(value);
                    default -> skip(value);
                }
            }
            return new Envelope(type, entityId, instanceId, occurredAt, clientIp, userAgent);
        }

        private void readData(JsonToken value) {
            entityId = null;
            if (value != JsonToken.START_OBJECT) {
                skip(value);
                return;
            }
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                JsonToken member = parser.nextToken();
                if (key.equals("id")) {
                    entityId = text(member);
                } else {
                    skip(member);
                }
            }
        }

        private void readAttributes(JsonToken value) {
            clientIp = null;
            userAgent = null;
            if (value != JsonToken.START_OBJECT) {
                skip(value);
                return;
            }
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                JsonToken member = parser.nextToken();
                if (key.equals("http_request")) {
                    readHttpRequest(member);
                } else {
                    skip(member);
                }
            }
        }

        private void readHttpRequest(JsonToken value) {
            clientIp = null;
            userAgent = null;
            if (value != JsonToken.START_OBJECT) {
                skip(value);
                return;
            }
            for (String key = parser.nextName(); key != null; key = parser.nextName()) {
                JsonToken member = parser.nextToken();
                switch (key) {
                    case "client_ip" -> clientIp = text(member);
                    case "user_agent" -> userAgent = text(member);
                    default -> skip(member);
                }
            }
        }

        /** A non-empty string; anything else is skipped and counts as absent. */
        private @Nullable String text(JsonToken value) {
            if (value == JsonToken.VALUE_STRING) {
                String text = parser.getString();
                return text.isEmpty() ? null : text;
            }
            skip(value);
            return null;
        }

        private @Nullable Instant time(JsonToken value) {
            if (value == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= 18) {
                return ClerkTime.instant(parser.getLongValue());
            }
            skip(value);
            return null;
        }

        /** Scalars are walked past too, so that what is wrong inside them is found. */
        private void skip(JsonToken value) {
            if (value.isStructStart()) {
                parser.skipChildren();
            } else {
                parser.finishToken();
            }
        }
    }
}
