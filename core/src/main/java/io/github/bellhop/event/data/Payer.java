package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.EmptyText;
import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payer: a user or an organization. Clerk sends an empty string for a field that does not apply; here it is null.
 */
public record Payer(
        @Nullable String id,
        @Nullable String userId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String organizationId,
        @Nullable String organizationName,
        @Nullable String imageUrl,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Replaces empty strings with null. */
    public Payer {
        userId = EmptyText.asNull(userId);
        firstName = EmptyText.asNull(firstName);
        lastName = EmptyText.asNull(lastName);
        email = EmptyText.asNull(email);
        organizationId = EmptyText.asNull(organizationId);
        organizationName = EmptyText.asNull(organizationName);
        imageUrl = EmptyText.asNull(imageUrl);
    }

    @Override
    public String toString() {
        return Printable.record("Payer", id);
    }
}
