package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address of a user.
 *
 * @param reserved whether it is held for the user without having been verified
 * @param linkedTo the external accounts that brought it
 */
public record EmailAddress(
        @Nullable String id,
        @Nullable String emailAddress,
        @Nullable Boolean reserved,
        @Nullable Verification verification,
        List<IdentificationLink> linkedTo,
        @Nullable Boolean matchesSsoConnection,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Copies its lists, which must not be null. */
    public EmailAddress {
        linkedTo = List.copyOf(linkedTo);
    }

    /** Whether Clerk has verified it; to have an address or a number does not mean that it is verified. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("EmailAddress", id);
    }
}
