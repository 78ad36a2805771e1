package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passkey of a user.
 */
public record Passkey(
        @Nullable String id,
        @Nullable String name,
        @Nullable Instant lastUsedAt,
        @Nullable Verification verification) {
    @Override
    public String toString() {
        return Printable.record("Passkey", id);
    }
}
