package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error that made a verification fail.
 */
public record ClerkError(
        @Nullable String code,
        @Nullable String message,
        @Nullable String longMessage,
        Map<String, @Nullable Object> meta) {
    /** Copies its metadata, which must not be null. */
    public ClerkError {
        meta = FreeJson.copyOf(meta);
    }

    @Override
    public String toString() {
        return Printable.record("ClerkError");
    }
}
