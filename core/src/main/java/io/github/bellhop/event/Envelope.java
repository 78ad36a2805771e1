package io.github.bellhop.event;

import io.github.bellhop.event.data.WireName;
import io.github.bellhop.event.internal.EmptyText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands around an event's data, as far as it was there and usable. Every component may be null: Clerk's old
 * payloads lack some, and what is odd is kept rather than refused.
 *
 * @param type        the event's type, such as {@code user.created}; null when absent or not a string ("untyped")
 * @param entityId    {@code data.id}; null when absent, empty or not a string
 * @param instanceId  {@code instance_id}, the Clerk instance that sent the event
 * @param occurredAt  {@code timestamp}, in whole milliseconds (a value in seconds is recognised and converted, see
 *                    {@link ClerkTime})
 * @param clientIp    {@code event_attributes.http_request.client_ip}: who caused the event, as Clerk saw it
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
    /** Takes empty text for absent, as {@link RecordShape} does for the ids. */
    public Envelope {
        type = EmptyText.asNull(type);
        clientIp = EmptyText.asNull(clientIp);
        userAgent = EmptyText.asNull(userAgent);
    }
}
