package io.github.bellhop.sync.read;

import org.jspecify.annotations.Nullable;

/**
 * An organization that a user belongs to.
 *
 * @param membership   the membership, with the role
 * @param organization the organization; null if it is not mirrored
 */
public record JoinedOrganization(
        ClerkMembership membership, @Nullable ClerkOrganization organization) {}
