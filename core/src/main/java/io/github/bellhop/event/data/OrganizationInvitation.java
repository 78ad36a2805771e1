package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to an organization. Clerk sends no event when it expires; see {@code expiresAt}.
 *
 * @param status the status, such as {@code pending}, {@code accepted}, {@code revoked}
 * @param userId the id of the user who accepted the invitation
 * @param publicOrganizationData read from both places: Clerk's schema nests it one level deeper than its SDK
 * @param url secret: anyone with it can accept the invitation
 * @param privateMetadata secret: for the backend only
 */
public record OrganizationInvitation(
        @Nullable String id,
        @Nullable String organizationId,
        @Nullable String emailAddress,
        @Nullable String role,
        @Nullable String roleName,
        @Nullable String status,
        @Nullable String userId,
        @Nullable String inviterId,
        @Nullable PublicUserData publicInviterData,

        @WireName({"public_organization_data", "data.public_organization_data"}) @Nullable
        PublicOrganizationData publicOrganizationData,

        Map<String, @Nullable Object> publicMetadata,
        Map<String, @Nullable Object> privateMetadata,
        @Nullable String url,
        @Nullable Instant expiresAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its metadata, which must not be null. */
    public OrganizationInvitation {
        publicMetadata = FreeJson.copyOf(publicMetadata);
        privateMetadata = FreeJson.copyOf(privateMetadata);
    }

    @Override
    public String toString() {
        return Printable.record("OrganizationInvitation", id);
    }
}
