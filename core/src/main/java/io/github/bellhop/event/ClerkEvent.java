package io.github.bellhop.event;

import io.github.bellhop.event.data.Entity;
import org.jspecify.annotations.Nullable;

/**
 * A typed event from Clerk. Each type in {@link EventType} has its own record; every other type becomes an
 * {@link UnknownEvent}. From Java 21 on, a {@code switch} over the records is exhaustive. On Java 17, use
 * {@code instanceof} patterns.
 *
 * <p>Events are immutable and may be shared between threads. Their {@code toString()} shows only the type and ids.
 */
public sealed interface ClerkEvent
        permits UserEvent,
                SessionEvent,
                OrganizationEvent,
                OrganizationMembershipEvent,
                OrganizationInvitationEvent,
                OrganizationDomainEvent,
                RoleEvent,
                PermissionEvent,
                WaitlistEntryEvent,
                EmailEvent,
                SmsEvent,
                SubscriptionEvent,
                SubscriptionItemEvent,
                PaymentAttemptEvent,
                UnknownEvent {

    /** Returns the event's metadata: everything known about the event except its data. */
    EventMeta meta();

    /**
     * Returns the entity that the event is about, as of the event. Null only for an {@link UnknownEvent}. If an event
     * of a known type has no usable data, every component of the returned entity is null or empty.
     */
    @Nullable
    Entity data();

    /** Returns the original payload, including everything that the typed data does not cover. */
    RawPayload raw();

    /** Returns a copy of the payload's bytes, exactly as they were signed. */
    default byte[] payload() {
        return raw().bytes();
    }
}
