package io.github.bellhop.event;

import io.github.bellhop.event.data.OrganizationInvitation;

/** An organization invitation was created, accepted or revoked. Clerk sends no event when an invitation expires. */
public sealed interface OrganizationInvitationEvent extends ClerkEvent {
    @Override
    OrganizationInvitation data();

    /** {@code organizationInvitation.accepted}. */
    record Accepted(EventMeta meta, OrganizationInvitation data, RawPayload raw)
            implements OrganizationInvitationEvent {}

    /** {@code organizationInvitation.created}. */
    record Created(EventMeta meta, OrganizationInvitation data, RawPayload raw)
            implements OrganizationInvitationEvent {}

    /** {@code organizationInvitation.revoked}. */
    record Revoked(EventMeta meta, OrganizationInvitation data, RawPayload raw)
            implements OrganizationInvitationEvent {}
}
