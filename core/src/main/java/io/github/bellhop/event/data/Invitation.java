package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to the app.
 *
 * @param url secret: anyone with it can accept the invitation
 */
public record Invitation(
        @Nullable String id,
        @Nullable String emailAddress,
        @Nullable String status,
        @Nullable Boolean revoked,
        Map<String, @Nullable Object> publicMetadata,
        @Nullable String url,
        @Nullable Instant expiresAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Copies its metadata, which must not be null. */
    public Invitation {
        publicMetadata = FreeJson.copyOf(publicMetadata);
    }

    @Override
    public String toString() {
        return Printable.record("Invitation", id);
    }
}
