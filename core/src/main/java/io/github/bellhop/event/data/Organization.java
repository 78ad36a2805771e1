package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.EmptyText;
import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organization. The copy inside a membership has no private metadata and no creator.
 *
 * @param createdBy the creator's user id; null if the organization was created in the Dashboard
 * @param membersCount often absent, and possibly out of date
 * @param maxAllowedMemberships 0 means no limit
 * @param privateMetadata secret: for the backend only
 */
public record Organization(
        @Nullable String id,
        @Nullable String name,
        @Nullable String slug,
        @Nullable String imageUrl,
        @Nullable Boolean hasImage,
        @Nullable String createdBy,
        @Nullable Long membersCount,
        @Nullable Long pendingInvitationsCount,
        @Nullable Long maxAllowedMemberships,
        @Nullable Boolean missingMemberWithElevatedPermissions,
        @Nullable Boolean adminDeleteEnabled,
        @Nullable String roleSetKey,
        Map<String, @Nullable Object> publicMetadata,
        Map<String, @Nullable Object> privateMetadata,
        @Nullable Instant lastActiveAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its metadata, which must not be null, and replaces empty strings with null. */
    public Organization {
        publicMetadata = FreeJson.copyOf(publicMetadata);
        privateMetadata = FreeJson.copyOf(privateMetadata);
        createdBy = EmptyText.asNull(createdBy);
    }

    @Override
    public String toString() {
        return Printable.record("Organization", id);
    }
}
