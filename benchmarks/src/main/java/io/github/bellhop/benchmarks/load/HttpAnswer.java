package io.github.bellhop.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A minimal parser of HTTP/1.1 that detects when an answer with a known length is complete. */
final class HttpAnswer {
    private static final String LENGTH = "\r\ncontent-length:";

    private HttpAnswer() {}

    /** The status of the answer in the buffer, up to its position; 0 if the answer is incomplete. */
    static int status(ByteBuffer buffer) {
        int length = buffer.position();
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return 0;
        }
        String head = text.substring(0, headEnd + 2).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        int body = at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2))
                        .strip());
        return length < headEnd + 4 + body ? 0 : Integer.parseInt(text.substring(9, 12));
    }
}
