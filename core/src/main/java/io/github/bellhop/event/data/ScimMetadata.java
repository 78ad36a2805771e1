package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The directory that manages a user.
 *
 * @param externalId the directory's id for the user
 */
public record ScimMetadata(
        @Nullable String directoryId,
        @Nullable Boolean directoryEnabled,
        @Nullable String externalId) {
    @Override
    public String toString() {
        return Printable.record("ScimMetadata");
    }
}
