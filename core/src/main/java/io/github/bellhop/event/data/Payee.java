package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The recipient of a payment: an account at the payment provider.
 */
public record Payee(
        @Nullable String id,
        @Nullable String gatewayType,
        @Nullable String gatewayExternalId,
        @Nullable String gatewayStatus) {
    @Override
    public String toString() {
        return Printable.record("Payee", id);
    }
}
