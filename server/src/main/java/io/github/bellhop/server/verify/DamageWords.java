package io.github.bellhop.server.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of damage to a body, by their codes, in words. */
final class DamageWords {
    private static final Map<String, String> FIXES = Map.ofEntries(
            Map.entry(
                    "body-empty",
                    "Svix sends no empty body. Something read it before, such as a parser or a logger, or the capture was"
                            + " made without it: capture the bytes before anything reads them."),
            Map.entry(
                    "body-cut",
                    "Something cut it: a log with a limit per line, a proxy's buffer, a column that is too short, or a reader"
                            + " that stops after the first part. Take the whole body."),
            Map.entry(
                    "body-not-utf8",
                    "Svix sends UTF-8. Something converted the body to another encoding: handle it as bytes."),
            Map.entry(
                    "body-replaced-letters",
                    "A decoder met bytes that it did not understand and replaced them; the bytes that were signed are lost."
                            + " Collect the body as bytes, and decode the whole of it as UTF-8, not each part."),
            Map.entry(
                    "body-question-marks",
                    "An encoder that knows no such letters (ASCII, Latin-1) writes ? for them. Handle the body as bytes, or"
                            + " name UTF-8 wherever it is decoded, stored and encoded."),
            Map.entry(
                    "body-form-encoded", "Let the gateway or relay pass the body on as it came, as application/json."),
            Map.entry(
                    "body-enveloped",
                    "Verify the member that holds the body, as a text that was never parsed; or let the gateway pass the body"
                            + " on as it came (in API Gateway, a proxy integration and event.body)."),
            Map.entry(
                    "body-html-escaped",
                    "A template, a sanitizer or a page that the capture was copied from escaped it. Take the bytes that came."),
            Map.entry(
                    "body-escaped",
                    "It was copied from the inside of a JSON string or of a program's text. Take the bytes that came."),
            Map.entry(
                    "body-encoded-twice",
                    "Something called JSON.stringify on a text that was JSON already. Take the text as it was."),
            Map.entry("body-base64", "Decode it before it is verified: in API Gateway when isBase64Encoded is true."),
            Map.entry("body-compressed", "Decompress it before it is verified, or let the proxy do so."),
            Map.entry("body-recoded", "Svix sends UTF-8. Handle the body as bytes."),
            Map.entry("body-byte-order-mark", "Write the body without a byte order mark; Windows editors add one."),
            Map.entry("body-line-ends", "Keep the bytes as they came; editors, echo and git change line ends."),
            Map.entry(
                    "body-object-object",
                    "A parsed object was turned into a text (String(req.body)). Take the bytes before any parser, in Express"
                            + " with express.raw({type: 'application/json'})."),
            Map.entry("body-not-json", "Svix sends a JSON object. See what the capture holds, and who sent it."));

    private DamageWords() {}

    /** What to do; empty if the code is of another kind. */
    static String fix(String code) {
        return FIXES.getOrDefault(code, "");
    }

    /**
     * What is seen.
     *
     * @param length   of the body
     * @param declared the length that the headers name; null if they name none
     */
    static String of(String code, int length, @Nullable Long declared) {
        return switch (code) {
            case "body-empty" -> "The body is empty" + toldOf(length, declared);
            case "body-compressed" -> "The body is compressed with gzip.";
            case "body-recoded" -> "The body is in UTF-16.";
            case "body-byte-order-mark" -> "A byte order mark stands before the body.";
            case "body-object-object" -> "The body is the text [object Object].";
            case "body-html-escaped" -> "The quotes of the body are escaped as for HTML.";
            case "body-escaped" -> "The quotes of the body are escaped with backslashes.";
            case "body-form-encoded" -> "The body is a form (application/x-www-form-urlencoded), not JSON.";
            case "body-base64" -> "The body looks like JSON in base64.";
            case "body-encoded-twice" -> "The body is a JSON string, not an object.";
            case "body-enveloped" -> "The body is an envelope that holds an event, not the event itself.";
            case "body-cut" ->
                "The body ends in the middle of its JSON, after " + length + " bytes" + toldOf(length, declared);
            default -> "The body is not a JSON object.";
        };
    }

    private static String toldOf(int length, @Nullable Long declared) {
        return declared == null || declared == length ? "." : "; Content-Length says " + declared + ".";
    }
}
