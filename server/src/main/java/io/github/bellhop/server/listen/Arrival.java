package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.sync.mirror.Projector;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message to forward to the app.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type; null if it has none
 * @param entityId  the entity's id
 * @param lane      the lane; messages in the same lane are forwarded in order
 * @param state     the state of the message in the server's inbox; null if it comes from a relay
 * @param request   creates the request to the app; called for each attempt, since a signature contains the time
 * @param reply     called once with the app's answer
 */
public record Arrival(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        String lane,
        @Nullable String state,
        Supplier<SignedRequest> request,
        Consumer<WireAnswer> reply) {
    /** Returns the natural key of the entity as apps know it, or else the entity's id, or else the message's id. */
    static String lane(String messageId, @Nullable String type, @Nullable String entityId, byte[] payload) {
        String key = entityId == null ? null : Projector.lane(type, payload);
        return key == null ? entityId == null ? messageId : entityId : key;
    }

    /** Contains the ids and the type only. */
    @Override
    public String toString() {
        return "Arrival[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
