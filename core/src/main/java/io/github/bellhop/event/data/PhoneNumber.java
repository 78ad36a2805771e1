package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phone number of a user.
 *
 * @param phoneNumber the number in the format {@code +12025550123}
 * @param backupCodes secret: each code allows a sign-in
 */
public record PhoneNumber(
        @Nullable String id,
        @Nullable String phoneNumber,
        @Nullable Boolean reserved,
        @Nullable Boolean reservedForSecondFactor,
        @Nullable Boolean defaultSecondFactor,
        @Nullable Verification verification,
        List<IdentificationLink> linkedTo,
        List<String> backupCodes,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Copies its lists, which must not be null. */
    public PhoneNumber {
        linkedTo = List.copyOf(linkedTo);
        backupCodes = List.copyOf(backupCodes);
    }

    /** Returns whether Clerk has verified the number. A user may also have unverified numbers. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("PhoneNumber", id);
    }
}
