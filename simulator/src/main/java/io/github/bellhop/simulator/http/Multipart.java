package io.github.bellhop.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of type {@code multipart/form-data}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 * @hidden
 */
public final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data;.*?boundary=\"?([^\";]+)\"?.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    private Multipart() {}

    /**
     * A part of a form.
     *
     * @param contentType the content type, in lower case and without parameters; {@code text/plain} if the part has no
     *                    content type
     * @param text        the content; each character is one byte
     */
    public record Part(String contentType, String text) {}

    /** Returns the parts by name; empty if the body is not a form. */
    public static Map<String, Part> parts(ApiRequest request) {
        String type = request.header("content-type");
        Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
        Map<String, Part> parts = new LinkedHashMap<>();
        if (boundary.matches()) {
            String body = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
            String[] delimited = body.split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
            Arrays.stream(delimited).skip(1).forEach(part -> add(part, parts));
        }
        return parts;
    }

    private static void add(String part, Map<String, Part> parts) {
        int end = part.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String name = null;
        String type = "text/plain";
        for (String line : part.substring(0, end).split("\r\n", -1)) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                name = name(value);
            } else if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
                type = value.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
            }
        }
        if (name != null) {
            parts.put(name, new Part(type, part.substring(end + 4)));
        }
    }

    private static @Nullable String name(String disposition) {
        Matcher name = NAME.matcher(disposition);
        return name.find() ? name.group(1) : null;
    }
}
