package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's membership in an organization. Values that Clerk did not send are null.
 *
 * @param id             Clerk's id for the membership
 * @param organizationId the organization's id
 * @param userId         the user's id
 * @param role           the role's key, such as {@code org:admin}
 * @param permissions    the permissions' keys, as a JSON array
 * @param publicMetadata the membership's public metadata, as JSON
 * @param createdAt      when it was created
 * @param updatedAt      when it was last changed, by Clerk's clock
 */
public record ClerkMembership(
        String id,
        @Nullable String organizationId,
        @Nullable String userId,
        @Nullable String role,
        @Nullable String permissions,
        @Nullable String publicMetadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    static final String TABLE = "clerk_organization_memberships";

    static final RowColumns<ClerkMembership> COLUMNS = new RowColumns<>(ClerkMembership.class);

    /** Shows only the ids. */
    @Override
    public String toString() {
        return "ClerkMembership[" + id + " of " + userId + " in " + organizationId + "]";
    }
}
