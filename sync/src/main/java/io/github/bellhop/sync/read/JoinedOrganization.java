package io.github.bellhop.sync.read;

import org.jspecify.annotations.Nullable;

/**
 * An organization that a user belongs to.
 *
 * @param membership   the role and all else that is of the membership
 * @param organization which it is; null when the organization is not mirrored
 */
public record JoinedOrganization(
        ClerkMembership membership, @Nullable ClerkOrganization organization) {}
