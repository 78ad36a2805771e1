package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * A message's payload as a {@link PayloadView} shows it. It is copied piece by piece and read by the factory that every
 * payload is read by: whatever was accepted can be shown, and all that is not private stays as it was, but for spaces.
 */
public final class ShownPayload {
    /** What stands on neither side of the sign in an address: its neighbours are looked at, and no more. */
    private static final String NOT_OF_ADDRESSES = " \t\n\u000B\f\r@<>\"";

    private final PayloadView view;
    private final boolean message;
    private final byte[] payload;

    /**
     * A payload to be shown.
     *
     * @param type    the event's type, null when untyped
     * @param payload bytes that were verified and read before
     */
    public ShownPayload(PayloadView view, @Nullable String type, byte[] payload) {
        this.view = view;
        this.message = PrivateData.isMessage(type);
        this.payload = payload;
    }

    /** Returns it on one line. */
    public String line() {
        return text(ObjectWriteContext.empty());
    }

    /** Returns it on many lines, for people. */
    public String indented() {
        return text(new Indented());
    }

    private String text(ObjectWriteContext form) {
        return PayloadJson.read(payload, parser -> {
            StringWriter text = new StringWriter(payload.length);
            try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(form, text)) {
                new Copy(parser, json).run();
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

    /** One pass through the payload. */
    private final class Copy {
        private final JsonParser parser;
        private final JsonGenerator json;

        /** The names that the objects around this place are values of; empty for the payload itself. */
        private final Deque<String> path = new ArrayDeque<>();

        private String name = "";

        Copy(JsonParser parser, JsonGenerator json) {
            this.parser = parser;
            this.json = json;
        }

        void run() {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> property(parser.currentName());
                    case START_OBJECT -> {
                        path.push(name);
                        json.writeStartObject();
                    }
                    case END_OBJECT -> {
                        // What follows in an array has the array's name, not that of the last property in here.
                        name = path.pop();
                        json.writeEndObject();
                    }
                    case VALUE_STRING -> json.writeString(text(parser.getString()));
                    // As it is written: a number may be larger than any type holds.
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(parser.getString());
                    default -> json.copyCurrentEventExact(parser);
                }
            }
        }

        private void property(String key) {
            name = key;
            switch (treatment()) {
                case OMIT -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
                case MASK -> {
                    json.writeName(key);
                    mask(parser.nextToken());
                }
                case KEEP, MASK_CODES -> json.writeName(key);
            }
        }

        /** What becomes of the property whose value is here. */
        private PrivateData.Treatment treatment() {
            String object = path.isEmpty() ? "" : path.peek();
            return PrivateData.of(view, object, name, message && path.size() == 2);
        }

        private String text(String value) {
            if (view == PayloadView.SCREEN && hasAddress(value)) {
                return PrivateData.MASKED;
            }
            return treatment() == PrivateData.Treatment.MASK_CODES ? PrivateData.withoutCodes(value) : value;
        }

        /** Masks the value that begins here; whether it is there or empty is no secret. */
        private void mask(JsonToken first) {
            if (first == JsonToken.VALUE_NULL) {
                json.writeNull();
                return;
            }
            JsonToken inner = first.isStructStart() ? parser.nextToken() : first;
            if (first.isStructStart() && inner.isStructEnd()) {
                if (first == JsonToken.START_OBJECT) {
                    json.writeStartObject();
                    json.writeEndObject();
                } else {
                    json.writeStartArray();
                    json.writeEndArray();
                }
                return;
            }
            json.writeString(PrivateData.MASKED);
            for (int open = first.isStructStart() ? 1 : 0; open > 0; inner = parser.nextToken()) {
                open += inner.isStructStart() ? 1 : inner.isStructEnd() ? -1 : 0;
                if (open == 0) {
                    return;
                }
            }
        }
    }

    /** Whether a text has an e-mail address in it. */
    static boolean hasAddress(String text) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            if (isOfAddress(text, at - 1) && isOfAddress(text, at + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfAddress(String text, int place) {
        return place >= 0 && place < text.length() && NOT_OF_ADDRESSES.indexOf(text.charAt(place)) < 0;
    }
}
