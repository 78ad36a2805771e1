package io.github.bellhop.server.verify;

import io.github.bellhop.event.PayloadJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Finds bodies that are wrapped in another body: in a form, in a gateway's envelope, or in escapes. */
final class Unwrapping {
    private static final int MAX_MEMBERS = 8;
    private static final Pattern FIELD = Pattern.compile("^([A-Za-z_][A-Za-z0-9_.-]{0,60})=");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_]{1,24}");

    private Unwrapping() {}

    /** Returns the possible inner bodies; empty if the body does not look wrapped. */
    static List<BodyVariant> of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        List<BodyVariant> inner = new ArrayList<>();
        form(text, inner);
        String plain = text.startsWith("{&") || text.contains("&amp;") || text.contains("&lt;") || text.contains("&#")
                ? unescaped(text)
                : text;
        if (!plain.equals(text)) {
            inner.add(variant(plain, "body-html-escaped", "it was escaped as HTML"));
        }
        if (text.startsWith("{\\\"")) {
            JsonText quoted = JsonText.of(('"' + text + '"').getBytes(StandardCharsets.UTF_8));
            String string = quoted == null ? null : quoted.string();
            if (string != null) {
                inner.add(variant(string, "body-escaped", "its quotes were escaped with backslashes"));
            }
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            inner.addAll(members(body));
        }
        return inner;
    }

    private static void form(String text, List<BodyVariant> inner) {
        boolean bare = text.startsWith("%7B") || text.startsWith("%7b");
        if (!bare && !FIELD.matcher(text).find()) {
            return;
        }
        for (String part : text.split("&", MAX_MEMBERS)) {
            int equals = part.indexOf('=');
            String value = bare && equals >= 0 ? part.substring(0, equals) : part.substring(equals + 1);
            try {
                String decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
                if (decoded.startsWith("{")) {
                    inner.add(variant(
                            decoded,
                            "body-form-encoded",
                            "it was put into a form (application/x-www-form-urlencoded)"));
                }
            } catch (IllegalArgumentException notEncoded) {
                // The value is not percent-encoded.
            }
        }
    }

    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#x22;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&#x2F;", "/")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static BodyVariant variant(String text, String code, String changed) {
        return new BodyVariant(text.getBytes(StandardCharsets.UTF_8), code, changed);
    }

    /**
     * Finds members of an envelope that may be the body: objects that look like events, and strings that contain JSON.
     */
    private static List<BodyVariant> members(byte[] body) {
        List<BodyVariant> found = new ArrayList<>();
        try (JsonParser json = PayloadJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY) {
                walk(json, body, first, found, null);
            }
        } catch (JacksonException broken) {
            // The members found before the syntax error are still worth trying.
        }
        return found;
    }

    /** Walks an object or array and collects nested values that look like Clerk events. */
    private static void walk(
            JsonParser json, byte[] body, JsonToken start, List<BodyVariant> found, @Nullable String name) {
        int from = (int) json.currentTokenLocation().getByteOffset();
        boolean hasType = false;
        boolean hasData = false;
        String member = name;
        for (JsonToken token = json.nextToken(); token != null && !token.isStructEnd(); token = json.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                member = json.currentName();
                hasType |= start == JsonToken.START_OBJECT && member.equals("type");
                hasData |= start == JsonToken.START_OBJECT && member.equals("data");
            } else if (token.isStructStart()) {
                walk(json, body, token, found, member);
            } else if (token == JsonToken.VALUE_STRING) {
                text(json.getString(), member, found);
            }
        }
        if (hasType && hasData && name != null && found.size() < MAX_MEMBERS) {
            int to = (int) json.currentTokenLocation().getByteOffset() + 1;
            found.add(new BodyVariant(Arrays.copyOfRange(body, from, to), "body-enveloped", wrapped(name)));
        }
    }

    private static void text(String value, @Nullable String member, List<BodyVariant> found) {
        if (member == null || found.size() >= MAX_MEMBERS) {
            return;
        }
        if (value.startsWith("{")) {
            found.add(variant(value, "body-enveloped", wrapped(member) + ", as a string"));
        } else if (value.startsWith("eyJ") || value.startsWith("ewo")) {
            try {
                byte[] decoded = Base64.getMimeDecoder().decode(value);
                found.add(new BodyVariant(decoded, "body-enveloped", wrapped(member) + ", in base64"));
            } catch (IllegalArgumentException notBase64) {
                // The value is an ordinary string.
            }
        }
    }

    /** Prints the member's name only if it is a plain word, since other names may be personal data. */
    private static String wrapped(String member) {
        return "it was put into an envelope"
                + (PLAIN_NAME.matcher(member).matches() ? ", as its member \"" + member + "\"" : "");
    }
}
