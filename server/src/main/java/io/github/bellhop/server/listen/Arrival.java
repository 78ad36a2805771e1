package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message that came for the app.
 *
 * @param messageId the {@code svix-id}
 * @param type      the event's type, null when untyped
 * @param entityId  the entity's id; what has the same is forwarded in order
 * @param state     where the message stands in a server's inbox; null when it comes from a relay
 * @param request   what the app is to get, made for each try: a signature has its time
 * @param reply     told what the app answered, once
 */
public record Arrival(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable String state,
        Supplier<SignedRequest> request,
        Consumer<WireAnswer> reply) {
    /** The ids and the type. */
    @Override
    public String toString() {
        return "Arrival[" + messageId + ", " + type + ", " + entityId + "]";
    }
}
