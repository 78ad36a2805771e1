package io.github.bellhop.event;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event besides its data. It prints as its type and message id only: who caused an event is personal
 * data.
 *
 * @param messageId  the {@code svix-id}: the same for every delivery of the message, so fit as a key of idempotence
 * @param type       the event's type as Clerk sent it, such as {@code user.created}; null when untyped
 * @param occurredAt when Clerk made the event, to the millisecond; null in payloads from before autumn 2024
 * @param instanceId the Clerk instance that sent it; null in payloads from before 2025
 * @param clientIp   the address of the request that caused it, as Clerk saw it
 * @param userAgent  the program that made that request: a browser, or an SDK
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
