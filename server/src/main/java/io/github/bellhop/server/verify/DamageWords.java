package io.github.bellhop.server.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The descriptions of damage to a body, by code. */
final class DamageWords {
    private static final Map<String, String> FIXES = Map.ofEntries(
            Map.entry(
                    "body-empty",
                    "Svix never sends an empty body. A parser or a logger has already read it, or the capture left"
                            + " it out. Capture the bytes before anything reads them."),
            Map.entry(
                    "body-cut",
                    "Something truncated it: a log with a line limit, a proxy's buffer, a database column that is"
                            + " too short, or a reader that stops after the first part. Capture the whole body."),
            Map.entry(
                    "body-not-utf8",
                    "Svix sends UTF-8. Something converted the body to another encoding. Handle the body as bytes."),
            Map.entry(
                    "body-replaced-letters",
                    "A decoder replaced bytes that it could not decode, so the signed bytes are lost. Collect the"
                            + " body as bytes, and decode the whole body as UTF-8, not part by part."),
            Map.entry(
                    "body-question-marks",
                    "Encoders for ASCII and Latin-1 write ? for characters that they cannot encode. Handle the body"
                            + " as bytes, or specify UTF-8 everywhere it is decoded, stored or encoded."),
            Map.entry(
                    "body-form-encoded",
                    "Configure the gateway or relay to pass the body on unchanged, as application/json."),
            Map.entry(
                    "body-enveloped",
                    "Verify the text of the member that contains the body, without parsing that text. Or configure"
                            + " the gateway to pass the body on unchanged (in API Gateway, use a proxy integration and"
                            + " event.body)."),
            Map.entry(
                    "body-html-escaped",
                    "A template, a sanitizer, or the page from which the capture was copied escaped it. Use the"
                            + " bytes as received."),
            Map.entry(
                    "body-escaped",
                    "It was copied from inside a JSON string or from source code. Use the bytes as received."),
            Map.entry(
                    "body-encoded-twice",
                    "Something called JSON.stringify on a string that was already JSON. Use the original string."),
            Map.entry(
                    "body-base64",
                    "Decode it before you verify it. In API Gateway, do this if isBase64Encoded is true."),
            Map.entry("body-compressed", "Decompress it before you verify it, or let the proxy do so."),
            Map.entry("body-recoded", "Svix sends UTF-8. Handle the body as bytes."),
            Map.entry("body-byte-order-mark", "Save the body without a byte order mark, which Windows editors add."),
            Map.entry("body-line-ends", "Keep the bytes as received. Editors, echo and git change line endings."),
            Map.entry(
                    "body-object-object",
                    "A parsed object was converted to a string (String(req.body)). Take the bytes before any parser;"
                            + " in Express, use express.raw({type: 'application/json'})."),
            Map.entry("body-not-json", "Svix sends a JSON object. Check what the capture contains and who sent it."));

    private DamageWords() {}

    /** Returns what to do; empty for other codes. */
    static String fix(String code) {
        return FIXES.getOrDefault(code, "");
    }

    /**
     * Returns a description of the damage.
     *
     * @param length   the length of the body in bytes
     * @param declared the value of {@code Content-Length}; null if absent
     */
    static String of(String code, int length, @Nullable Long declared) {
        return switch (code) {
            case "body-empty" -> "The body is empty" + declaredLength(length, declared);
            case "body-compressed" -> "The body is compressed with gzip.";
            case "body-recoded" -> "The body is in UTF-16.";
            case "body-byte-order-mark" -> "The body begins with a byte order mark.";
            case "body-object-object" -> "The body is the text [object Object].";
            case "body-html-escaped" -> "The quotes in the body are escaped as in HTML.";
            case "body-escaped" -> "The quotes in the body are escaped with backslashes.";
            case "body-form-encoded" -> "The body is a form (application/x-www-form-urlencoded), not JSON.";
            case "body-base64" -> "The body looks like JSON in base64.";
            case "body-encoded-twice" -> "The body is a JSON string, not an object.";
            case "body-enveloped" -> "The body is an envelope around an event, not the event itself.";
            case "body-cut" ->
                "The body ends in the middle of its JSON, after " + length + " bytes"
                        + declaredLength(length, declared);
            default -> "The body is not a JSON object.";
        };
    }

    private static String declaredLength(int length, @Nullable Long declared) {
        return declared == null || declared == length ? "." : "; Content-Length says " + declared + ".";
    }
}
