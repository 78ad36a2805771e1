package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address of a user.
 *
 * @param reserved whether the address is reserved for the user without verification
 * @param linkedTo the external accounts that supplied the address
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

    /** Returns whether Clerk has verified the address. A user may also have unverified addresses. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("EmailAddress", id);
    }
}
