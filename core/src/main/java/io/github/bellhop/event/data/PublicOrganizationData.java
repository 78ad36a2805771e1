package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The public data of an organization, copied at the time of the event.
 */
public record PublicOrganizationData(
        @Nullable String id,
        @Nullable String name,
        @Nullable String slug,
        @Nullable String imageUrl,
        @Nullable Boolean hasImage) {
    @Override
    public String toString() {
        return Printable.record("PublicOrganizationData", id);
    }
}
