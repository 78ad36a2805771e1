package io.github.bellhop.sync.read;

import org.jspecify.annotations.Nullable;

/**
 * A member of an organization.
 *
 * @param membership the role and all else that is of the membership
 * @param user       who it is; null when the user is not mirrored
 */
public record ClerkMember(
        ClerkMembership membership, @Nullable ClerkUser user) {}
