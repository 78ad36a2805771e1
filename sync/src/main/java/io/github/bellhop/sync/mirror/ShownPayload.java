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
 * A message's payload as shown in a {@link PayloadView}. The payload is copied token by token with the same parser that
 * reads incoming payloads, so that every accepted payload can be shown. Everything that is not private stays the same,
 * except for whitespace.
 */
public final class ShownPayload {
    /**
     * The characters that cannot be next to the at sign in an e-mail address. Only the two characters next to it are
     * checked.
     */
    private static final String NOT_IN_ADDRESS = " \t\n\u000B\f\r@<>\"";

    private final PayloadView view;
    private final boolean message;
    private final byte[] payload;

    /**
     * Creates a view of a payload.
     *
     * @param type    the event's type; null if it has none
     * @param payload the payload's bytes, already verified and parsed
     */
    public ShownPayload(PayloadView view, @Nullable String type, byte[] payload) {
        this.view = view;
        this.message = PrivateData.isMessage(type);
        this.payload = payload;
    }

    /** Returns the payload on one line. */
    public String line() {
        return text(ObjectWriteContext.empty());
    }

    /** Returns the payload with line breaks and indentation. */
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

    /** Copies the payload in one pass. */
    private final class Copy {
        private final JsonParser parser;
        private final JsonGenerator json;

        /** The names of the properties whose values are the enclosing objects; empty for the payload itself. */
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
                        // The next element of an array has the array's name, not that of the last property in this
                        // object.
                        name = path.pop();
                        json.writeEndObject();
                    }
                    case VALUE_STRING -> json.writeString(text(parser.getString()));
                    // Copied as text, because a number may be too large for every numeric type.
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

        /** Returns the treatment of the current property. */
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

        /** Masks the value that starts with this token. Null and empty values are kept, because they are not secret. */
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

    /** Returns whether a string contains an e-mail address. */
    static boolean hasAddress(String text) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            if (isAddressCharacter(text, at - 1) && isAddressCharacter(text, at + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAddressCharacter(String text, int index) {
        return index >= 0 && index < text.length() && NOT_IN_ADDRESS.indexOf(text.charAt(index)) < 0;
    }
}
