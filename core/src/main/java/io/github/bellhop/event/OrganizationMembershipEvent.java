package io.github.bellhop.event;

import io.github.bellhop.event.data.OrganizationMembership;

/** A user joined an organization, changed role in it, or left it. All three events carry the whole membership. */
public sealed interface OrganizationMembershipEvent extends ClerkEvent {
    @Override
    OrganizationMembership data();

    /** {@code organizationMembership.created}. */
    record Created(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}

    /** {@code organizationMembership.updated}. */
    record Updated(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}

    /**
     * {@code organizationMembership.deleted}. {@code meta().occurredAt()} is the time of deletion; {@code updatedAt} is
     * not.
     */
    record Deleted(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}
}
