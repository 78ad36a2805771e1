package io.github.bellhop.server.verify;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.server.verify.CapturedDelivery.Header;
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

/**
 * Reads captured deliveries: a raw HTTP request, the lines of {@code listen --json} or of Clerk's command line, or
 * separate headers and body. The bytes of the body are never changed.
 */
public final class CaptureReader {
    /** The marks that {@code curl -v} prints before the lines sent and received. */
    private static final Pattern CURL_MARK = Pattern.compile("^[<>] ");

    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/\\d(\\.\\d)?");

    private CaptureReader() {}

    /**
     * Reads a delivery from one capture; the format is recognized by its beginning.
     *
     * @param messageId the message to choose if the capture has several; null for the last one
     * @throws UnreadableCaptureException if the capture contains no such delivery
     */
    public static Capture read(byte[] capture, @Nullable String messageId) {
        String text = new String(capture, StandardCharsets.UTF_8);
        boolean json = text.lines().anyMatch(line -> line.strip().startsWith("{"));
        boolean request = REQUEST_LINE
                .matcher(text.lines().findFirst().orElse("").strip())
                .matches();
        return json && !request ? objects(text, messageId) : new Capture(request(capture), 0);
    }

    /**
     * The content of a capture.
     *
     * @param delivery   the chosen delivery
     * @param passedOver the number of lines that were not valid JSON, such as a last line that is incomplete
     */
    public record Capture(CapturedDelivery delivery, int passedOver) {}

    /** Reads a delivery from its headers ({@code Name: value} lines, or one JSON object) and its body. */
    public static CapturedDelivery of(byte[] headers, byte[] body) {
        String text = new String(headers, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return new CapturedDelivery(headers(text), body);
        }
        try (JsonParser json = parser(text)) {
            JsonToken unused = json.nextToken();
            return new CapturedDelivery(objectOfHeaders(json), body);
        } catch (JacksonException broken) {
            throw new UnreadableCaptureException("The headers begin with { but are not a valid JSON object. Pass"
                    + " them as lines of Name: value, or as {\"svix-id\": \"...\", ...}.");
        }
    }

    private static CapturedDelivery request(byte[] capture) {
        int lineEnd = indexOf(capture, 0, (byte) '\n');
        String first = text(capture, 0, lineEnd < 0 ? capture.length : lineEnd).strip();
        if (!REQUEST_LINE.matcher(first).matches()) {
            throw new UnreadableCaptureException("The capture is neither a raw HTTP request, which begins with a"
                    + " line such as POST /api/webhooks/clerk HTTP/1.1, nor a line of JSON with headers and a body. Pass"
                    + " headers and body separately with --headers and --body.");
        }
        int position = lineEnd + 1;
        while (lineEnd >= 0 && position < capture.length) {
            int end = indexOf(capture, position, (byte) '\n');
            if (end < 0) {
                break;
            }
            if (text(capture, position, end).isBlank()) {
                List<Header> headers = headers(text(capture, lineEnd + 1, position));
                return new CapturedDelivery(
                        headers, body(headers, Arrays.copyOfRange(capture, end + 1, capture.length)));
            }
            position = end + 1;
        }
        throw new UnreadableCaptureException(
                "The HTTP request has no empty line after its headers, so its body cannot be found. Capture the"
                        + " whole request.");
    }

    private static byte[] body(List<Header> headers, byte[] rest) {
        CapturedDelivery request = new CapturedDelivery(headers, rest);
        if (request.values("transfer-encoding").stream().anyMatch(value -> value.equalsIgnoreCase("chunked"))) {
            throw new UnreadableCaptureException("The body of the HTTP request is in chunked encoding. Capture it"
                    + " after the server has decoded it, or pass it with --body.");
        }
        return rest;
    }

    private static List<Header> headers(String lines) {
        List<Header> headers = new ArrayList<>();
        for (String line : lines.split("\r?\n", -1)) {
            String header = CURL_MARK.matcher(line).replaceFirst("");
            int colon = header.indexOf(':', 1);
            if (colon > 0) {
                headers.add(new Header(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip()));
            }
        }
        if (headers.isEmpty()) {
            throw new UnreadableCaptureException("The headers are empty. Pass them as lines of Name: value, with at"
                    + " least the three svix- headers.");
        }
        return headers;
    }

    /** Reads one object per line, or objects over several lines, as jq prints them. */
    private static Capture objects(String text, @Nullable String messageId) {
        CapturedDelivery found = null;
        int objects = 0;
        int passedOver = 0;
        for (String line : text.lines().filter(some -> !some.isBlank()).toList()) {
            try (JsonParser json = parser(line)) {
                found = latest(found, object(json), messageId);
                objects++;
            } catch (JacksonException | IllegalArgumentException broken) {
                passedOver++;
            }
        }
        if (objects == 0) {
            passedOver = 0;
            try (JsonParser json = parser(text.substring(text.indexOf('{')))) {
                while (true) {
                    found = latest(found, object(json), messageId);
                }
            } catch (JacksonException | IllegalArgumentException end) {
                // There is no further object; the last one found is used.
            }
        }
        if (found == null) {
            throw new UnreadableCaptureException(
                    messageId == null
                            ? "The capture contains no delivery. A delivery is a JSON object with headers and"
                                    + " body_b64, one per line, as bellhop listen --json and Clerk's command line print it."
                                    + " If the file is the event itself, pass it with --body, and the headers with --headers."
                            : "The capture does not contain the message " + messageId + ".");
        }
        return new Capture(found, passedOver);
    }

    private static @Nullable CapturedDelivery latest(
            @Nullable CapturedDelivery previous, @Nullable CapturedDelivery next, @Nullable String messageId) {
        boolean matches =
                next != null && (messageId == null || next.values("svix-id").contains(messageId));
        return matches ? next : previous;
    }

    /**
     * Reads the next object as a delivery; returns null if the object is not a delivery.
     *
     * @throws IllegalArgumentException if there is no object, or its body is not base64
     */
    private static @Nullable CapturedDelivery object(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not an object");
        }
        List<Header> headers = null;
        byte[] body = null;
        byte[] text = null;
        boolean base64 = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("headers") && value == JsonToken.START_OBJECT) {
                headers = objectOfHeaders(json);
            } else if (name.matches("body_(b64|base64)") && value == JsonToken.VALUE_STRING) {
                body = Base64.getDecoder().decode(json.getString());
            } else if (name.equals("body") && value == JsonToken.VALUE_STRING) {
                text = json.getString().getBytes(StandardCharsets.UTF_8);
            } else {
                base64 |= name.equals("isBase64Encoded") && value == JsonToken.VALUE_TRUE;
                json.skipChildren();
            }
        }
        if (body == null && text != null) {
            body = base64 ? Base64.getMimeDecoder().decode(text) : text;
        }
        return headers == null || body == null ? null : new CapturedDelivery(headers, body);
    }

    private static List<Header> objectOfHeaders(JsonParser json) {
        List<Header> headers = new ArrayList<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    headers.add(new Header(name, json.getString().strip()));
                }
            } else {
                headers.add(new Header(name, json.getString().strip()));
                json.skipChildren();
            }
        }
        return headers;
    }

    private static JsonParser parser(String json) {
        return PayloadJson.FACTORY.createParser(ObjectReadContext.empty(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, int from, byte wanted) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
