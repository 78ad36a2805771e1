package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain that an organization claims.
 *
 * @param enrollmentMode how users with this domain join, such as {@code automatic_invitation}
 * @param affiliationVerification read from the deprecated {@code verification} if Clerk sends only that
 */
public record OrganizationDomain(
        @Nullable String id,
        @Nullable String organizationId,
        @Nullable String name,
        @Nullable String enrollmentMode,
        @Nullable String affiliationEmailAddress,

        @WireName({"affiliation_verification", "verification"}) @Nullable
        Verification affiliationVerification,

        @Nullable Verification ownershipVerification,
        @Nullable Long totalPendingInvitations,
        @Nullable Long totalPendingSuggestions,
        @Nullable PublicOrganizationData publicOrganizationData,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    @Override
    public String toString() {
        return Printable.record("OrganizationDomain", id);
    }
}
