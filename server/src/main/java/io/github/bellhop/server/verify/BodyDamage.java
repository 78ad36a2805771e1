package io.github.bellhop.server.verify;

import io.github.bellhop.event.PayloadJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Finds damage to a body that is visible without a secret. Findings contain only positions and counts, no content. */
final class BodyDamage {
    private static final Pattern BETWEEN_LETTERS = Pattern.compile("\\p{L}\\?{1,8}\\p{Ll}");
    private static final Pattern FORM = Pattern.compile("^([A-Za-z_][A-Za-z0-9_.-]{0,60}=|)(%7[Bb]|\\{\")");
    private static final Pattern BASE64 = Pattern.compile("^(eyJ|ewo)[A-Za-z0-9+/=_\\r\\n-]{20}");
    private static final Pattern CUT_WORD =
            Pattern.compile("[:,\\[ ](t|tr|tru|f|fa|fal|fals|n|nu|nul|-)$|,$|[0-9](\\.|[eE][+-]?)$");
    private static final int MAX_PREFIX_CHARS = 4_096;

    private BodyDamage() {}

    /**
     * Returns the visible damage. A fatal finding proves that the body is not the one that was signed.
     *
     * @param declared the value of {@code Content-Length}; null if absent
     */
    static List<Finding> of(byte[] body, @Nullable Long declared) {
        List<Finding> seen = new ArrayList<>();
        if (body.length == 0) {
            seen.add(fault("body-empty", DamageWords.of("body-empty", 0, declared)));
            return seen;
        }
        String format = format(body);
        if (format != null) {
            seen.add(fault(format, DamageWords.of(format, body.length, declared)));
            return seen;
        }
        int wrong = firstWrongByte(body);
        if (wrong >= body.length - 3 && "body-cut".equals(ofJson(Arrays.copyOf(body, Math.max(wrong, 0))))) {
            // The body was cut inside a character.
            seen.add(fault("body-cut", DamageWords.of("body-cut", body.length, declared)));
            return seen;
        }
        if (wrong >= 0) {
            seen.add(fault("body-not-utf8", "The body is not valid UTF-8: the fault is at byte " + (wrong + 1) + "."));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        long replaced = wrong >= 0 ? 0 : text.chars().filter(c -> c == '\uFFFD').count();
        if (replaced > 0) {
            seen.add(fault(
                    "body-replaced-letters",
                    "The body contains the replacement character U+FFFD " + times(replaced) + ", in place of lost"
                            + " letters."));
        }
        String shape = shape(body, text);
        if (shape != null) {
            seen.add(fault(shape, DamageWords.of(shape, body.length, declared)));
        } else if (wrong < 0 && hasQuestionMarks(body)) {
            seen.add(new Finding(
                    false,
                    "body-question-marks",
                    "A string in the body has question marks between letters. They may have replaced other letters.",
                    DamageWords.fix("body-question-marks")));
        }
        return seen;
    }

    private static Finding fault(String code, String what) {
        return Finding.fault(code, what, DamageWords.fix(code));
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Recognizes a format by its first bytes. */
    private static @Nullable String format(byte[] body) {
        if (body.length > 2 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B) {
            return "body-compressed";
        }
        int first = body.length > 1 ? ((body[0] & 0xFF) << 8) | (body[1] & 0xFF) : 0;
        return first == 0xFEFF || first == 0xFFFE || first == '{' || first == '{' << 8 ? "body-recoded" : null;
    }

    private static int firstWrongByte(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(8_192);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return in.position();
            }
            if (result.isUnderflow()) {
                return -1;
            }
            out.clear();
        }
    }

    /** Returns the code of the body's outer form; null if it is a JSON object that looks like an event. */
    private static @Nullable String shape(byte[] body, String text) {
        String beginning =
                text.substring(0, Math.min(text.length(), MAX_PREFIX_CHARS)).strip();
        if (beginning.startsWith("\uFEFF")) {
            return "body-byte-order-mark";
        }
        if (beginning.equals("[object Object]")) {
            return "body-object-object";
        }
        if (beginning.startsWith("{&quot;") || beginning.startsWith("{&#34;") || beginning.startsWith("{&#x22;")) {
            return "body-html-escaped";
        }
        if (beginning.startsWith("{\\\"")) {
            return "body-escaped";
        }
        if (!beginning.startsWith("{") && FORM.matcher(beginning).find()) {
            return "body-form-encoded";
        }
        if (BASE64.matcher(beginning).find()) {
            return "body-base64";
        }
        return ofJson(body);
    }

    private static @Nullable String ofJson(byte[] body) {
        boolean type = false;
        boolean data = false;
        JsonToken first;
        try (JsonParser json = parser(body)) {
            first = json.nextToken();
            while (first == JsonToken.START_OBJECT && json.nextToken() == JsonToken.PROPERTY_NAME) {
                type |= json.currentName().equals("type");
                data |= json.currentName().equals("data");
                json.nextToken();
                json.skipChildren();
            }
            if (first == JsonToken.START_ARRAY) {
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                return "body-not-json";
            }
        } catch (UnexpectedEndOfInputException cut) {
            return "body-cut";
        } catch (StreamReadException broken) {
            // The parser reports an incomplete word or number, such as tru or 1., as an invalid one.
            return isCut(body) ? "body-cut" : "body-not-json";
        } catch (JacksonException broken) {
            return "body-not-json";
        }
        if (first == JsonToken.VALUE_STRING) {
            return "body-encoded-twice";
        }
        if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
            return "body-not-json";
        }
        if (type && data && first == JsonToken.START_OBJECT) {
            return null;
        }
        boolean enveloped =
                Unwrapping.of(body).stream().anyMatch(inner -> inner.code().equals("body-enveloped"));
        return enveloped ? "body-enveloped" : first == JsonToken.START_ARRAY ? "body-not-json" : null;
    }

    private static boolean isCut(byte[] body) {
        String end =
                new String(body, Math.max(0, body.length - 8), Math.min(8, body.length), StandardCharsets.ISO_8859_1);
        return CUT_WORD.matcher(end).find();
    }

    /** Skips URLs, which contain question marks. In ordinary text, no question mark stands between two letters. */
    private static boolean hasQuestionMarks(byte[] body) {
        try (JsonParser json = parser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    String text = json.getString();
                    if (!text.contains("://")
                            && !text.contains("=")
                            && BETWEEN_LETTERS.matcher(text).find()) {
                        return true;
                    }
                }
            }
        } catch (JacksonException broken) {
            // shape() reports JSON that is not well-formed.
        }
        return false;
    }

    private static JsonParser parser(byte[] body) {
        return PayloadJson.FACTORY.createParser(ObjectReadContext.empty(), body);
    }
}
