package io.github.bellhop.event;

import io.github.bellhop.event.data.WireName;
import io.github.bellhop.event.internal.EmptyText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The usable fields of an event other than its data. Every component may be null: Clerk's older payloads lack some
 * fields, and an unusable value is read as absent.
 *
 * @param type        the event's type, such as {@code user.created}; null if absent or not a string ("untyped")
 * @param entityId    {@code data.id}; null if absent, empty or not a string
 * @param instanceId  {@code instance_id}, the Clerk instance that sent the event
 * @param occurredAt  {@code timestamp}, in whole milliseconds; a value in seconds is converted, see {@link ClerkTime}
 * @param clientIp    {@code event_attributes.http_request.client_ip}: the address of the client that caused the event,
 *                    as seen by Clerk
 * @param userAgent   {@code event_attributes.http_request.user_agent}
 * @hidden
 */
public record Envelope(
        @Nullable String type,
        @WireName("data.id") @Nullable String entityId,
        @Nullable String instanceId,
        @WireName("timestamp") @Nullable Instant occurredAt,

        @WireName("event_attributes.http_request.client_ip") @Nullable
        String clientIp,

        @WireName("event_attributes.http_request.user_agent") @Nullable
        String userAgent) {
    /** Replaces empty strings with null, as {@link RecordShape} does for ids. */
    public Envelope {
        type = EmptyText.asNull(type);
        clientIp = EmptyText.asNull(clientIp);
        userAgent = EmptyText.asNull(userAgent);
    }
}
