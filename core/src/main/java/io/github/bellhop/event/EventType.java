package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The event types that Bellhop knows. They are declared only here. Events of any other type become
 * {@link UnknownEvent}.
 */
public enum EventType {
    USER_CREATED("user.created", UserEvent.Created.class),
    USER_UPDATED("user.updated", UserEvent.Updated.class),
    USER_DELETED("user.deleted", UserEvent.Deleted.class),
    SESSION_CREATED("session.created", SessionEvent.Created.class),
    SESSION_ENDED("session.ended", SessionEvent.Ended.class),
    SESSION_PENDING("session.pending", SessionEvent.Pending.class),
    SESSION_REMOVED("session.removed", SessionEvent.Removed.class),
    SESSION_REVOKED("session.revoked", SessionEvent.Revoked.class),
    ORGANIZATION_CREATED("organization.created", OrganizationEvent.Created.class),
    ORGANIZATION_UPDATED("organization.updated", OrganizationEvent.Updated.class),
    ORGANIZATION_DELETED("organization.deleted", OrganizationEvent.Deleted.class),
    ORGANIZATION_MEMBERSHIP_CREATED("organizationMembership.created", OrganizationMembershipEvent.Created.class),
    ORGANIZATION_MEMBERSHIP_UPDATED("organizationMembership.updated", OrganizationMembershipEvent.Updated.class),
    ORGANIZATION_MEMBERSHIP_DELETED("organizationMembership.deleted", OrganizationMembershipEvent.Deleted.class),
    ORGANIZATION_INVITATION_ACCEPTED("organizationInvitation.accepted", OrganizationInvitationEvent.Accepted.class),
    ORGANIZATION_INVITATION_CREATED("organizationInvitation.created", OrganizationInvitationEvent.Created.class),
    ORGANIZATION_INVITATION_REVOKED("organizationInvitation.revoked", OrganizationInvitationEvent.Revoked.class),
    ORGANIZATION_DOMAIN_CREATED("organizationDomain.created", OrganizationDomainEvent.Created.class),
    ORGANIZATION_DOMAIN_UPDATED("organizationDomain.updated", OrganizationDomainEvent.Updated.class),
    ORGANIZATION_DOMAIN_DELETED("organizationDomain.deleted", OrganizationDomainEvent.Deleted.class),
    ROLE_CREATED("role.created", RoleEvent.Created.class),
    ROLE_UPDATED("role.updated", RoleEvent.Updated.class),
    ROLE_DELETED("role.deleted", RoleEvent.Deleted.class),
    PERMISSION_CREATED("permission.created", PermissionEvent.Created.class),
    PERMISSION_UPDATED("permission.updated", PermissionEvent.Updated.class),
    PERMISSION_DELETED("permission.deleted", PermissionEvent.Deleted.class),
    WAITLIST_ENTRY_CREATED("waitlistEntry.created", WaitlistEntryEvent.Created.class),
    WAITLIST_ENTRY_UPDATED("waitlistEntry.updated", WaitlistEntryEvent.Updated.class),
    EMAIL_CREATED("email.created", EmailEvent.Created.class),
    SMS_CREATED("sms.created", SmsEvent.Created.class),
    SUBSCRIPTION_ACTIVE("subscription.active", SubscriptionEvent.Active.class),
    SUBSCRIPTION_CREATED("subscription.created", SubscriptionEvent.Created.class),
    SUBSCRIPTION_PAST_DUE("subscription.pastDue", SubscriptionEvent.PastDue.class),
    SUBSCRIPTION_UPDATED("subscription.updated", SubscriptionEvent.Updated.class),
    SUBSCRIPTION_ITEM_ABANDONED("subscriptionItem.abandoned", SubscriptionItemEvent.Abandoned.class),
    SUBSCRIPTION_ITEM_ACTIVE("subscriptionItem.active", SubscriptionItemEvent.Active.class),
    SUBSCRIPTION_ITEM_CANCELED("subscriptionItem.canceled", SubscriptionItemEvent.Canceled.class),
    SUBSCRIPTION_ITEM_CREATED("subscriptionItem.created", SubscriptionItemEvent.Created.class),
    SUBSCRIPTION_ITEM_ENDED("subscriptionItem.ended", SubscriptionItemEvent.Ended.class),
    SUBSCRIPTION_ITEM_FREE_TRIAL_ENDING(
            "subscriptionItem.freeTrialEnding", SubscriptionItemEvent.FreeTrialEnding.class),
    SUBSCRIPTION_ITEM_INCOMPLETE("subscriptionItem.incomplete", SubscriptionItemEvent.Incomplete.class),
    SUBSCRIPTION_ITEM_PAST_DUE("subscriptionItem.pastDue", SubscriptionItemEvent.PastDue.class),
    SUBSCRIPTION_ITEM_UPCOMING("subscriptionItem.upcoming", SubscriptionItemEvent.Upcoming.class),
    SUBSCRIPTION_ITEM_UPDATED("subscriptionItem.updated", SubscriptionItemEvent.Updated.class),
    PAYMENT_ATTEMPT_CREATED("paymentAttempt.created", PaymentAttemptEvent.Created.class),
    PAYMENT_ATTEMPT_UPDATED("paymentAttempt.updated", PaymentAttemptEvent.Updated.class);

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final String wireName;
    private final Class<? extends ClerkEvent> eventClass;
    private final Class<? extends Entity> dataClass;

    EventType(String wireName, Class<? extends ClerkEvent> eventClass) {
        this.wireName = wireName;
        this.eventClass = eventClass;
        this.dataClass = eventClass.getRecordComponents()[1].getType().asSubclass(Entity.class);
    }

    /** Returns the type with exactly this name; null if it is unknown. */
    public static @Nullable EventType of(@Nullable String wireName) {
        return wireName == null ? null : BY_WIRE_NAME.get(wireName);
    }

    /**
     * Returns up to three suggestions for an unknown type, nearest first, for use in messages. Ignores case and
     * separators. A family name or a prefix matches the types that begin with it.
     *
     * @param text the unknown type; a string longer than 64 characters matches nothing
     */
    public static List<EventType> nearest(String text) {
        return NearestTypes.to(text);
    }

    /**
     * Returns Clerk's name for the type in a payload's {@code type}, such as {@code organizationMembership.created}.
     */
    public String wireName() {
        return wireName;
    }

    /** Returns the family: the part of the name before the dot, such as {@code organizationMembership}. */
    public String family() {
        return wireName.substring(0, wireName.indexOf('.'));
    }

    /** Returns the record class of its events, such as {@link OrganizationMembershipEvent.Created}. */
    public Class<? extends ClerkEvent> eventClass() {
        return eventClass;
    }

    /** Returns the record class of its data, such as {@link io.github.bellhop.event.data.OrganizationMembership}. */
    public Class<? extends Entity> dataClass() {
        return dataClass;
    }

    /**
     * Returns whether its data is a {@link DeletedObject}. {@code organizationMembership.deleted} has the whole
     * membership instead.
     */
    public boolean tombstone() {
        return dataClass == DeletedObject.class;
    }
}
