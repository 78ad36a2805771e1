package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.fixture.Fixture;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is delivered: one payload under one message id, which stays the same over all attempts. Immutable, as long as
 * nobody writes into the payload that it gives out.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type, for reports only
 * @param entityId  {@code data.id}, for reports only; null when the payload has none
 * @param payload   the exact bytes of the body; copied on their way in, not on their way out
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingMessage(
        String messageId, String type, @Nullable String entityId, byte[] payload) {
    /** Copies the payload. */
    public OutgoingMessage {
        payload = payload.clone();
    }

    /** The event of a fixture, as it is now. */
    public static OutgoingMessage of(String messageId, Fixture fixture) {
        return new OutgoingMessage(messageId, fixture.type(), fixture.entityId(), fixture.payload());
    }

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The ids and the type: the payload appears in no log. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
