package io.github.bellhop.test;

import java.util.Map;

/**
 * An event as it arrives: the headers of Svix's request and the exact bytes of its body. Give it to the receiver again
 * to see what a second delivery of one message does. Immutable.
 */
public final class SignedEvent {
    private final String messageId;
    private final Map<String, String> headers;
    private final byte[] body;

    SignedEvent(String messageId, Map<String, String> headers, byte[] body) {
        this.messageId = messageId;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** The {@code svix-id}. */
    public String messageId() {
        return messageId;
    }

    /** The headers by their names in lower case, signature and content type among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body; a fresh array each time. */
    public byte[] body() {
        return body.clone();
    }

    /** The same with its body changed on the way: its signature is wrong now. */
    public SignedEvent tampered() {
        byte[] changed = body.clone();
        changed[changed.length - 1] ^= 1;
        return new SignedEvent(messageId, headers, changed);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "SignedEvent[" + messageId + "]";
    }
}
