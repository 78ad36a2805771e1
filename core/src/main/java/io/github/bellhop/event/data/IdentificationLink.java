package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A link from an address or phone number to the external account that supplied it.
 *
 * @param type the kind of account, such as {@code oauth_google}
 * @param id the account's {@link ExternalAccount#identificationId()}
 */
public record IdentificationLink(
        @Nullable String type, @Nullable String id) {
    @Override
    public String toString() {
        return Printable.record("IdentificationLink", id);
    }
}
