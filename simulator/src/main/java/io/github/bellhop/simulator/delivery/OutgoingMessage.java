package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.fixture.Fixture;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A payload and its message id, which is the same for all attempts. Immutable, as long as callers do not modify the
 * payload they get from it.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type, for reports only
 * @param entityId  {@code data.id}, for reports only; null if the payload has none
 * @param payload   the exact bytes of the body; copied by the constructor but not by the accessor
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingMessage(
        String messageId, String type, @Nullable String entityId, byte[] payload) {
    /** Copies the payload. */
    public OutgoingMessage {
        payload = payload.clone();
    }

    /** Creates a message from the current state of a fixture. */
    public static OutgoingMessage of(String messageId, Fixture fixture) {
        return new OutgoingMessage(messageId, fixture.type(), fixture.entityId(), fixture.payload());
    }

    /** The payload as a string. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Only the ids and the type, so that no payload is logged. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
