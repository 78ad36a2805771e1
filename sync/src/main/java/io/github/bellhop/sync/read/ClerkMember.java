package io.github.bellhop.sync.read;

import org.jspecify.annotations.Nullable;

/**
 * A member of an organization.
 *
 * @param membership the membership, with the role
 * @param user       the member; null if the user is not mirrored
 */
public record ClerkMember(
        ClerkMembership membership, @Nullable ClerkUser user) {}
