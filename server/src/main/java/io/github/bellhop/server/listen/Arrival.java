package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.sync.mirror.Projector;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message that came for the app.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type, null when untyped
 * @param entityId  the entity's id
 * @param lane      what has the same is forwarded in order
 * @param state     where the message stands in a server's inbox; null when it comes from a relay
 * @param request   what the app is to get, made for each try: a signature has its time
 * @param reply     told what the app answered, once
 */
public record Arrival(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        String lane,
        @Nullable String state,
        Supplier<SignedRequest> request,
        Consumer<WireAnswer> reply) {
    /** The lane of a message: the natural key by which apps know its entity, else the entity's id, else its own. */
    static String lane(String messageId, @Nullable String type, @Nullable String entityId, byte[] payload) {
        String key = entityId == null ? null : Projector.lane(type, payload);
        return key == null ? entityId == null ? messageId : entityId : key;
    }

    /** The ids and the type. */
    @Override
    public String toString() {
        return "Arrival[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
