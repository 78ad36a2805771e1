package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's entry on the waitlist.
 *
 * @param status the status, such as {@code pending}, {@code invited}, {@code rejected}, {@code completed}
 */
public record WaitlistEntry(
        @Nullable String id,
        @Nullable String emailAddress,
        @Nullable String status,
        @Nullable Boolean isLocked,
        @Nullable Invitation invitation,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    @Override
    public String toString() {
        return Printable.record("WaitlistEntry", id);
    }
}
