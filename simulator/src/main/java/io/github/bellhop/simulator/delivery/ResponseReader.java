package io.github.bellhop.simulator.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses to POST requests from a connection. Reads each response completely, but keeps only the beginning
 * of its body, to limit memory use. Not safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112: HTTP/1.1</a>
 */
final class ResponseReader {
    /** The number of bytes of a body that are kept; Svix keeps the same number. */
    static final int KEPT_BYTES = 20_000;

    private static final int MAX_HEAD = 64 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})[ \t]*(;.*)?");

    private final InputStream in;
    private int headBytes;

    ResponseReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Reads the next response, and skips interim responses before it.
     *
     * @throws IOException if the connection ends too early or the response is not HTTP/1.0 or HTTP/1.1
     */
    HttpResponse read() throws IOException {
        Matcher status;
        Map<String, String> headers;
        do {
            headBytes = 0;
            status = STATUS_LINE.matcher(line());
            if (!status.matches()) {
                throw new IOException("The answer is not HTTP/1.1.");
            }
            headers = headers();
        } while (isInterim(code(status)));
        return read(code(status), headers, status.group(1).equals("1"));
    }

    private static int code(Matcher statusLine) {
        return Integer.parseInt(statusLine.group(2));
    }

    private static boolean isInterim(int status) {
        return status < 200 && status != SWITCHING_PROTOCOLS;
    }

    private HttpResponse read(int status, Map<String, String> headers, boolean isCurrent) throws IOException {
        boolean open = isCurrent && !lists(headers.get("connection"), "close");
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        if (status == SWITCHING_PROTOCOLS) {
            open = false;
        } else if (status != NO_CONTENT && status != NOT_MODIFIED) {
            String length = headers.get("content-length");
            if (lists(headers.get("transfer-encoding"), "chunked")) {
                readChunks(kept);
            } else if (length != null) {
                readBytes(length(length), kept);
            } else {
                readToEnd(kept);
                open = false;
            }
        }
        return new HttpResponse(status, headers, kept.toString(StandardCharsets.UTF_8), open);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("The answer has a header without a name.");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static boolean lists(@Nullable String header, String token) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    private static long length(String text) throws IOException {
        if (!LENGTH.matcher(text).matches()) {
            throw new IOException("The answer's Content-Length is not a number.");
        }
        return Long.parseLong(text);
    }

    private void readChunks(ByteArrayOutputStream kept) throws IOException {
        long size;
        do {
            headBytes = 0;
            Matcher chunk = CHUNK.matcher(line());
            if (!chunk.matches()) {
                throw new IOException("The answer has an invalid chunk.");
            }
            size = Long.parseLong(chunk.group(1), 16);
            readBytes(size, kept);
            if (size > 0 && !line().isEmpty()) {
                throw new IOException("The answer has an invalid chunk.");
            }
        } while (size > 0);
        headers();
    }

    private void readBytes(long size, ByteArrayOutputStream kept) throws IOException {
        byte[] part = new byte[8192];
        for (long left = size; left > 0; ) {
            int read = in.read(part, 0, (int) Math.min(part.length, left));
            if (read < 0) {
                throw endedEarly();
            }
            keep(part, read, kept);
            left -= read;
        }
    }

    private void readToEnd(ByteArrayOutputStream kept) throws IOException {
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            keep(part, read, kept);
        }
    }

    private static void keep(byte[] part, int read, ByteArrayOutputStream kept) {
        kept.write(part, 0, Math.min(read, KEPT_BYTES - kept.size()));
    }

    /** Reads a line of the head. It ends with CR and LF, or only with LF from lenient servers. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw endedEarly();
            }
            headBytes++;
            if (headBytes > MAX_HEAD) {
                throw new IOException("The answer's head is longer than " + MAX_HEAD + " bytes.");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static IOException endedEarly() {
        return new IOException("The connection ended before the answer was complete.");
    }
}
