package io.github.bellhop.signature;

import java.nio.charset.StandardCharsets;

/** What is signed: {@code id.timestamp.body}. The body stays where it is; only what stands before it is built. */
final class SignedContent {
    private SignedContent() {}

    static byte[] prefix(String messageId, long timestampSeconds) {
        return (messageId + "." + timestampSeconds + ".").getBytes(StandardCharsets.ISO_8859_1);
    }
}
