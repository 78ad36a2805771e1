package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization in the mirror. Values that Clerk did not send are null.
 *
 * @param id                    Clerk's id
 * @param name                  its name
 * @param slug                  its name for use in URLs
 * @param imageUrl              the URL of its logo
 * @param createdBy             the id of the user who created it
 * @param maxAllowedMemberships the maximum number of members; 0 for no limit
 * @param publicMetadata        the public metadata, as JSON
 * @param createdAt             when it was created
 * @param updatedAt             when it was last changed, by Clerk's clock
 * @param deletedAt             when it was deleted; null if it is not deleted
 * @param stub                  whether the row is a stub: it comes only from a copy inside another entity, such as a
 *                              membership
 */
public record ClerkOrganization(
        String id,
        @Nullable String name,
        @Nullable String slug,
        @Nullable String imageUrl,
        @Nullable String createdBy,
        @Nullable Long maxAllowedMemberships,
        @Nullable String publicMetadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant deletedAt,
        boolean stub) {
    static final String TABLE = "clerk_organizations";

    static final RowColumns<ClerkOrganization> COLUMNS = new RowColumns<>(ClerkOrganization.class);

    /** Shows only the id; the rest is the customer's data. */
    @Override
    public String toString() {
        return "ClerkOrganization[" + id + "]";
    }
}
