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
    /** How curl -v marks what it sent and what came. */
    private static final Pattern MARK_OF_CURL = Pattern.compile("^[<>] ");

    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/\\d(\\.\\d)?");

    private CaptureReader() {}

    /**
     * A delivery from one capture, told apart by how it begins.
     *
     * @param messageId of a capture with several lines the one that is meant; null for the last
     * @throws UnreadableCaptureException when there is none in it
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
     * What a capture held.
     *
     * @param delivery   the delivery that is meant
     * @param passedOver how many lines were no JSON, as when whoever wrote them was stopped
     */
    public record Capture(CapturedDelivery delivery, int passedOver) {}

    /** A delivery from its headers ({@code Name: value} lines, or one JSON object) and its body. */
    public static CapturedDelivery of(byte[] headers, byte[] body) {
        String text = new String(headers, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return new CapturedDelivery(headers(text), body);
        }
        try (JsonParser json = parser(text)) {
            JsonToken unused = json.nextToken();
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
            String header = MARK_OF_CURL.matcher(line).replaceFirst("");
            int colon = header.indexOf(':', 1);
            if (colon > 0) {
                headers.add(new Header(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip()));
            }
        }
        if (headers.isEmpty()) {
            throw new UnreadableCaptureException("There is no header among the headers. Give them as lines of"
                    + " Name: value, the three of Svix at least.");
        }
        return headers;
    }

    /** One object a line, or objects over several lines, as jq prints them. */
    private static Capture objects(String text, @Nullable String messageId) {
        CapturedDelivery found = null;
        int objects = 0;
        int passedOver = 0;
        for (String line : text.lines().filter(some -> !some.isBlank()).toList()) {
            try (JsonParser json = parser(line)) {
                found = later(found, object(json), messageId);
                objects++;
            } catch (JacksonException | IllegalArgumentException broken) {
                passedOver++;
            }
        }
        if (objects == 0) {
            passedOver = 0;
            try (JsonParser json = parser(text.substring(text.indexOf('{')))) {
                while (true) {
                    found = later(found, object(json), messageId);
                }
            } catch (JacksonException | IllegalArgumentException end) {
                // No further object; what came before it counts.
            }
        }
        if (found == null) {
            throw new UnreadableCaptureException(
                    messageId == null
                            ? "The capture holds no delivery: no JSON object with headers and body_b64, as bellhop listen"
                                    + " --json and Clerk's own tool print them, a line each. If it is the event itself, give"
                                    + " it with --body and the headers with --headers."
                            : "No object of the capture holds the message " + messageId + ".");
        }
        return new Capture(found, passedOver);
    }

    private static @Nullable CapturedDelivery later(
            @Nullable CapturedDelivery before, @Nullable CapturedDelivery next, @Nullable String messageId) {
        boolean meant =
                next != null && (messageId == null || next.values("svix-id").contains(messageId));
        return meant ? next : before;
    }

    /**
     * The delivery of the next object; null when it tells of something else.
     *
     * @throws IllegalArgumentException when there is no object, or its body is no base64
     */
    private static @Nullable CapturedDelivery object(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("no object");
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
