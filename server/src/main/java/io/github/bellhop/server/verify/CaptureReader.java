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
 * Reads captures: a raw HTTP request, lines of {@code listen --json} or of Clerk's own tool, or headers and body apart.
 * The body's bytes are never changed.
 */
public final class CaptureReader {
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/\\d(\\.\\d)?");

    private CaptureReader() {}

    /**
     * A delivery from one capture, told apart by how it begins.
     *
     * @param messageId of a capture with several lines the one that is meant; null for the last
     * @throws UnreadableCaptureException when there is none in it
     */
    public static CapturedDelivery read(byte[] capture, @Nullable String messageId) {
        int start = 0;
        while (start < capture.length && Character.isWhitespace(capture[start])) {
            start++;
        }
        if (start < capture.length && capture[start] == '{') {
            return line(capture, messageId);
        }
        return request(capture);
    }

    /** A delivery from its headers ({@code Name: value} lines, or one JSON object) and its body. */
    public static CapturedDelivery of(byte[] headers, byte[] body) {
        String text = new String(headers, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return new CapturedDelivery(headers(text), body);
        }
        try (JsonParser json = parser(text.getBytes(StandardCharsets.UTF_8))) {
            expectObject(json);
            return new CapturedDelivery(objectOfHeaders(json), body);
        } catch (JacksonException broken) {
            throw new UnreadableCaptureException("The headers begin like a JSON object and are none. Give them as"
                    + " lines of Name: value, or as {\"svix-id\": \"...\", ...}.");
        }
    }

    private static CapturedDelivery request(byte[] capture) {
        int lineEnd = indexOf(capture, 0, (byte) '\n');
        String first = text(capture, 0, lineEnd < 0 ? capture.length : lineEnd).strip();
        if (!REQUEST_LINE.matcher(first).matches()) {
            throw new UnreadableCaptureException("The capture is neither a raw HTTP request, which begins with a line"
                    + " such as POST /api/webhooks/clerk HTTP/1.1, nor a line of JSON with headers and a body. Give"
                    + " headers and body apart with --headers and --body.");
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
                "The HTTP request has no empty line after its headers, so its body cannot be told. Capture it whole.");
    }

    private static byte[] body(List<Header> headers, byte[] rest) {
        CapturedDelivery request = new CapturedDelivery(headers, rest);
        if (request.values("transfer-encoding").stream().anyMatch(value -> value.equalsIgnoreCase("chunked"))) {
            throw new UnreadableCaptureException("The body of the HTTP request is in chunks, as it went over the wire."
                    + " Capture it as the server handed it over, or give it with --body.");
        }
        return rest;
    }

    private static List<Header> headers(String lines) {
        List<Header> headers = new ArrayList<>();
        for (String line : lines.split("\r?\n", -1)) {
            int colon = line.indexOf(':', 1);
            if (colon > 0) {
                headers.add(new Header(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip()));
            }
        }
        if (headers.isEmpty()) {
            throw new UnreadableCaptureException("There is no header among the headers. Give them as lines of"
                    + " Name: value, the three of Svix at least.");
        }
        return headers;
    }

    private static CapturedDelivery line(byte[] capture, @Nullable String messageId) {
        CapturedDelivery found = null;
        for (String line : new String(capture, StandardCharsets.UTF_8).split("\r?\n", -1)) {
            CapturedDelivery delivery = line.isBlank() ? null : line(line);
            if (delivery != null
                    && (messageId == null || delivery.values("svix-id").contains(messageId))) {
                found = delivery;
            }
        }
        if (found == null) {
            throw new UnreadableCaptureException(
                    messageId == null
                            ? "No line of the capture holds a delivery. A line is one JSON object with headers and"
                                    + " body_b64, as bellhop listen --json and Clerk's own tool print them."
                            : "No line of the capture holds the message " + messageId + ".");
        }
        return found;
    }

    /** The delivery of one line; null when the line tells of something else. */
    private static @Nullable CapturedDelivery line(String line) {
        List<Header> headers = null;
        byte[] body = null;
        try (JsonParser json = parser(line.getBytes(StandardCharsets.UTF_8))) {
            expectObject(json);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("headers") && value == JsonToken.START_OBJECT) {
                    headers = objectOfHeaders(json);
                } else if (name.matches("body_(b64|base64)") && value == JsonToken.VALUE_STRING) {
                    body = Base64.getDecoder().decode(json.getString());
                } else if (name.equals("body") && value == JsonToken.VALUE_STRING && body == null) {
                    body = json.getString().getBytes(StandardCharsets.UTF_8);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new UnreadableCaptureException("A line of the capture is no JSON object, or its body no base64. If it"
                    + " is the event itself, give it with --body and the headers with --headers.");
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

    private static void expectObject(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableCaptureException("The capture begins like a JSON object and is none.");
        }
    }

    private static JsonParser parser(byte[] json) {
        return PayloadJson.FACTORY.createParser(ObjectReadContext.empty(), json);
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
