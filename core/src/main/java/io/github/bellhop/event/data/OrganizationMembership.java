package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's membership in an organization. The deletion event also contains the whole object.
 *
 * @param role the role's key, such as {@code org:admin}
 * @param permissions the keys of the member's permissions
 * @param privateMetadata secret: for the backend only
 */
public record OrganizationMembership(
        @Nullable String id,
        @Nullable String role,
        @Nullable String roleName,
        List<String> permissions,
        @Nullable Organization organization,
        @Nullable PublicUserData publicUserData,
        Map<String, @Nullable Object> publicMetadata,
        Map<String, @Nullable Object> privateMetadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its lists and metadata, which must not be null. */
    public OrganizationMembership {
        permissions = List.copyOf(permissions);
        publicMetadata = FreeJson.copyOf(publicMetadata);
        privateMetadata = FreeJson.copyOf(privateMetadata);
    }

    /** Returns the organization's id; null if the payload has none. */
    public @Nullable String organizationId() {
        return organization == null ? null : organization.id();
    }

    /** Returns the user's id; null if the payload has none. */
    public @Nullable String userId() {
        return publicUserData == null ? null : publicUserData.userId();
    }

    @Override
    public String toString() {
        return Printable.record("OrganizationMembership", id);
    }
}
