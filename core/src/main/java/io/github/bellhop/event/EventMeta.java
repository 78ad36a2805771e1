package io.github.bellhop.event;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event's metadata: everything known about it except its data. {@code toString()} shows only the type and message
 * id, because information about the client that caused the event is personal data.
 *
 * @param messageId  the {@code svix-id}: the same for every delivery of the message, so it can serve as an idempotency
 *                   key
 * @param type       the event's type as Clerk sent it, such as {@code user.created}; null if untyped
 * @param occurredAt when Clerk created the event, to the millisecond; null in payloads from before autumn 2024
 * @param instanceId the Clerk instance that sent the event; null in payloads from before 2025
 * @param clientIp   the client address of the request that caused the event, as seen by Clerk
 * @param userAgent  the program that made the request: a browser or an SDK
 */
public record EventMeta(
        String messageId,
        @Nullable String type,
        @Nullable Instant occurredAt,
        @Nullable String instanceId,
        @Nullable String clientIp,
        @Nullable String userAgent) {

    static EventMeta of(String messageId, Envelope envelope) {
        return new EventMeta(
                messageId,
                envelope.type(),
                envelope.occurredAt(),
                envelope.instanceId(),
                envelope.clientIp(),
                envelope.userAgent());
    }

    @Override
    public String toString() {
        return "EventMeta[type=" + Printable.name(type) + ", messageId=" + Printable.name(messageId) + "]";
    }
}
