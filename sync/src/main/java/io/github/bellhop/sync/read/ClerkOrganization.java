package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization, as the mirror has it. What Clerk did not tell is null.
 *
 * @param id                    Clerk's id
 * @param name                  its name
 * @param slug                  its name in URLs
 * @param imageUrl              its logo
 * @param createdBy             the id of the user who made it
 * @param maxAllowedMemberships how many members it may have; 0 for any number
 * @param publicMetadata        the public metadata, as JSON
 * @param createdAt             when it was created
 * @param updatedAt             when it was changed, by Clerk's clock
 * @param deletedAt             when it was deleted; null for a live one
 * @param stub                  whether only a copy inside another entity has come, such as that in a membership
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

    /** The id alone: the rest is the customer's. */
    @Override
    public String toString() {
        return "ClerkOrganization[" + id + "]";
    }
}
