package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A pointer from an address or number to the external account that brought it.
 *
 * @param type such as {@code oauth_google}
 * @param id the {@link ExternalAccount#identificationId()}
 */
public record IdentificationLink(
        @Nullable String type, @Nullable String id) {
    @Override
    public String toString() {
        return Printable.record("IdentificationLink", id);
    }
}
