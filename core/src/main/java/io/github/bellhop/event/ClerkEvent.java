package io.github.bellhop.event;

import io.github.bellhop.event.data.Entity;
import org.jspecify.annotations.Nullable;

/**
 * One event from Clerk, typed: a record for each of the types in {@link EventType}, and {@link UnknownEvent} for every
 * other. A {@code switch} over it is exhaustive from Java 21 on; before, {@code instanceof} with a pattern serves.
 *
 * <p>Events are immutable and may be shared between threads. They print their type and ids, nothing else of the payload.
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

    /** What is known of the event besides its data. */
    EventMeta meta();

    /**
     * The thing that the event is about, as of the event. Null for an {@link UnknownEvent} only: when a known type comes
     * without usable data, its data is there and all of its parts are null or empty.
     */
    @Nullable
    Entity data();

    /** The payload as it came, with all that the typed data does not know. */
    RawPayload raw();

    /** A copy of the payload's bytes, exactly those that were signed. */
    default byte[] payload() {
        return raw().bytes();
    }
}
