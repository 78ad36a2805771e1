package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The public data of a user, copied at the time of the event.
 *
 * @param identifier the user's e-mail address, phone number or name
 */
public record PublicUserData(
        @Nullable String userId,
        @Nullable String identifier,
        @Nullable String username,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String imageUrl,
        @Nullable String profileImageUrl,
        @Nullable Boolean hasImage,
        @Nullable Boolean banned,
        @Nullable Boolean deprovisioned) {
    @Override
    public String toString() {
        return Printable.record("PublicUserData");
    }
}
