package io.github.bellhop.test;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it arrives: the headers of Svix's request and the exact bytes of its body. Deliver it twice to test a
 * redelivery. Immutable.
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

    /** Returns the {@code svix-id}. */
    public String messageId() {
        return messageId;
    }

    /** Returns the Clerk id of the event's entity, {@code data.id}; null if it has none. */
    public @Nullable String entityId() {
        return entityId;
    }

    /**
     * Returns the event as a handler receives it, to call a handler directly.
     *
     * @param type such as {@code UserEvent.Created.class}
     * @throws ClassCastException if the event has another type
     */
    public <E extends ClerkEvent> E typed(Class<E> type) {
        return type.cast(EventParser.parse(messageId, body));
    }

    /** Returns the headers by lower-case name, including the signature and the content type. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns a copy with a modified body, which makes the signature invalid. */
    public SignedEvent tampered() {
        byte[] changed = body.clone();
        changed[changed.length - 1] ^= 1;
        return new SignedEvent(messageId, entityId, headers, changed);
    }

    /** Returns only the id. */
    @Override
    public String toString() {
        return "SignedEvent[" + messageId + "]";
    }
}
