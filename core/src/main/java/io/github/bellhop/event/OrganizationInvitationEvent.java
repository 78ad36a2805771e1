package io.github.bellhop.event;

import io.github.bellhop.event.data.OrganizationInvitation;

/** Someone was invited into an organization, accepted, or was uninvited. That an invitation expired is told by no event. */
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
