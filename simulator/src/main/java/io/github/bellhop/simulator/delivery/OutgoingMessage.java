package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.fixture.Fixture;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is delivered: one payload under one message id, which stays the same over all attempts. Immutable. */
public final class OutgoingMessage {
    private final String messageId;
    private final String type;
    private final @Nullable String entityId;
    private final byte[] payload;

    /**
     * A message.
     *
     * @param messageId the {@code svix-id}
     * @param type      the event's type, for reports only
     * @param entityId  {@code data.id}, for reports only; null when the payload has none
     * @param payload   the exact bytes of the body; copied
     */
    public OutgoingMessage(String messageId, String type, @Nullable String entityId, byte[] payload) {
        this.messageId = messageId;
        this.type = type;
        this.entityId = entityId;
        this.payload = payload.clone();
    }

    /** The event of a fixture, as it is now. */
    public static OutgoingMessage of(String messageId, Fixture fixture) {
        return new OutgoingMessage(messageId, fixture.type(), fixture.entityId(), fixture.payload());
    }

    /** The {@code svix-id}. */
    public String messageId() {
        return messageId;
    }

    /** The event's type. */
    public String type() {
        return type;
    }

    /** The id of the entity that the event is about; null when the payload has none. */
    public @Nullable String entityId() {
        return entityId;
    }

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The bytes themselves, for this package, which does not change them. */
    byte[] payload() {
        return payload;
    }

    /** The ids and the type: the payload appears in no log. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
