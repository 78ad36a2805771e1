package io.github.bellhop.test;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it arrives: the headers of Svix's request and the exact bytes of its body. Give it to the receiver again
 * to see what a second delivery of one message does. Immutable.
 */
public final class SignedEvent {
    private final String messageId;
    private final @Nullable String entityId;
    private final Map<String, String> headers;
    private final byte[] body;

    SignedEvent(String messageId, @Nullable String entityId, Map<String, String> headers, byte[] body) {
        this.messageId = messageId;
        this.entityId = entityId;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** The {@code svix-id}. */
    public String messageId() {
        return messageId;
    }

    /** The Clerk id of what the event is about, {@code data.id}; null when it has none. */
    public @Nullable String entityId() {
        return entityId;
    }

    /**
     * The event as a handler gets it, for calling one directly.
     *
     * @param type such as {@code UserEvent.Created.class}
     * @throws ClassCastException when it is of another type
     */
    public <E extends ClerkEvent> E typed(Class<E> type) {
        return type.cast(EventParser.parse(messageId, body));
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
        return new SignedEvent(messageId, entityId, headers, changed);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "SignedEvent[" + messageId + "]";
    }
}
