package io.github.bellhop.event;

import io.github.bellhop.event.data.OrganizationMembership;

/** A user joined an organization, changed place in it, or left. All three carry the whole membership. */
public sealed interface OrganizationMembershipEvent extends ClerkEvent {
    @Override
    OrganizationMembership data();

    /** {@code organizationMembership.created}. */
    record Created(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}

    /** {@code organizationMembership.updated}. */
    record Updated(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}

    /** {@code organizationMembership.deleted}. Its {@code updatedAt} does not date the deletion; {@code meta().occurredAt()} does. */
    record Deleted(EventMeta meta, OrganizationMembership data, RawPayload raw)
            implements OrganizationMembershipEvent {}
}
