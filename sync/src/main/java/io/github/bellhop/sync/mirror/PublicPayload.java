package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * A message's payload as it may be shown to developers: without private metadata and without what opens doors, which
 * is what {@code raw} columns leave out too. Of e-mails and text messages, neither what they said nor the values that
 * were put into them.
 */
public final class PublicPayload {
    private static final Set<String> OF_MESSAGES = Set.of("body", "body_plain", "message", "data");
    private static final String SUBJECT = "subject";

    private final JsonParser parser;
    private final JsonGenerator json;
    private final boolean message;
    private final Deque<String> path = new ArrayDeque<>();

    private PublicPayload(JsonParser parser, JsonGenerator json, boolean message) {
        this.parser = parser;
        this.json = json;
        this.message = message;
    }

    /**
     * The payload without what is withheld; all else is as it was, but for spaces.
     *
     * @param type    the event's type, null when untyped
     * @param payload bytes that were verified and read before
     */
    public static byte[] of(@Nullable String type, byte[] payload) {
        boolean message = type != null && (type.startsWith("email.") || type.startsWith("sms."));
        return PayloadJson.read(payload, parser -> {
            StringWriter text = new StringWriter(payload.length);
            try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
                new PublicPayload(parser, json, message).copy();
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        });
    }

    /**
     * Whether a property is private metadata, or opens doors.
     *
     * @param object the name of the property that the object is the value of, or of an array that it is in; empty for
     *     the payload itself
     */
    public static boolean isWithheld(String object, String key) {
        return RawEntity.isLeftOut(object, key, false);
    }

    private void copy() {
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> name = property(parser.currentName());
                case START_OBJECT -> {
                    path.push(name);
                    json.writeStartObject();
                }
                case END_OBJECT -> {
                    // What follows in an array is of the array's name, and not of the last property's in here.
                    name = path.pop();
                    json.writeEndObject();
                }
                case VALUE_STRING -> json.writeString(text(name, parser.getString()));
                // As it is written: a number may be larger than any type holds.
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(parser.getString());
                default -> json.copyCurrentEventExact(parser);
            }
        }
    }

    /** Copies a property's name; of one that is withheld, neither name nor value. */
    private String property(String name) {
        String object = path.isEmpty() ? "" : String.valueOf(path.peek());
        if (isWithheld(object, name) || (isOfMessage() && OF_MESSAGES.contains(name))) {
            parser.nextToken();
            parser.skipChildren();
        } else {
            json.writeName(name);
        }
        return name;
    }

    private String text(String name, String value) {
        return isOfMessage() && name.equals(SUBJECT) ? Communication.masked(value) : value;
    }

    /** Whether this is {@code data} itself of an e-mail or text message. */
    private boolean isOfMessage() {
        return message && path.size() == 2;
    }
}
