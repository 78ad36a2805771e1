package io.github.bellhop.server.command;

import io.github.bellhop.event.PayloadJson;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * A payload as it is shown. It is copied piece by piece and read by the factory that every payload is read by, so that
 * what was accepted can be shown, and numbers stand there as they were written.
 */
final class PayloadText {
    private final byte[] payload;
    private final @Nullable String type;
    private final boolean masked;

    private PayloadText(byte[] payload, @Nullable String type, boolean masked) {
        this.payload = payload;
        this.type = type;
        this.masked = masked;
    }

    /** With masks where it is private. */
    static PayloadText masked(@Nullable String type, byte[] payload) {
        return new PayloadText(payload, type, true);
    }

    /** With all that is in it. */
    static PayloadText whole(byte[] payload) {
        return new PayloadText(payload, null, false);
    }

    /** On one line. */
    String line() {
        return text(ObjectWriteContext.empty());
    }

    /** On many lines, for people. */
    String indented() {
        return text(new Indented());
    }

    private String text(ObjectWriteContext form) {
        return PayloadJson.read(payload, parser -> {
            StringWriter text = new StringWriter(payload.length);
            try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(form, text)) {
                new Copy(parser, json, masked ? new PayloadMask(type) : null).run();
            }
            return text.toString();
        });
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    }

    private record Copy(
            JsonParser parser, JsonGenerator json, @Nullable PayloadMask mask) {
        void run() {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> property(parser.currentName());
                    case START_OBJECT -> {
                        if (mask != null) {
                            mask.enter();
                        }
                        json.writeStartObject();
                    }
                    case END_OBJECT -> {
                        if (mask != null) {
                            mask.leave();
                        }
                        json.writeEndObject();
                    }
                    case VALUE_STRING -> string(parser.getString());
                    // As it is written: a number may be larger than any type holds.
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(parser.getString());
                    default -> json.copyCurrentEventExact(parser);
                }
            }
        }

        private void string(String value) {
            json.writeString(mask != null && mask.hidesText(value) ? PayloadMask.MASK : value);
        }

        private void property(String name) {
            json.writeName(name);
            if (mask != null && mask.hides(name)) {
                hidden(parser.nextToken());
            }
        }

        /** A mask for the value that begins here; whether it is there or empty is no secret. */
        private void hidden(JsonToken first) {
            if (first == JsonToken.VALUE_NULL) {
                json.writeNull();
                return;
            }
            JsonToken token = first.isStructStart() ? parser.nextToken() : first;
            if (first.isStructStart() && token.isStructEnd()) {
                if (first == JsonToken.START_OBJECT) {
                    json.writeStartObject();
                    json.writeEndObject();
                } else {
                    json.writeStartArray();
                    json.writeEndArray();
                }
                return;
            }
            json.writeString(PayloadMask.MASK);
            for (int open = first.isStructStart() ? 1 : 0; open > 0; token = parser.nextToken()) {
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (open == 0) {
                    return;
                }
            }
        }
    }
}
