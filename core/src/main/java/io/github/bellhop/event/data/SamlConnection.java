package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection through which a SAML account signs in.
 *
 * @param domain deprecated: use {@code domains}
 */
public record SamlConnection(
        @Nullable String id,
        @Nullable String name,
        @Nullable String provider,
        @Nullable String domain,
        List<String> domains,
        @Nullable Boolean active,
        @Nullable Boolean syncUserAttributes,
        @Nullable Boolean allowSubdomains,
        @Nullable Boolean allowIdpInitiated,
        @Nullable Boolean disableAdditionalIdentifications,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Copies its lists, which must not be null. */
    public SamlConnection {
        domains = List.copyOf(domains);
    }

    @Override
    public String toString() {
        return Printable.record("SamlConnection", id);
    }
}
