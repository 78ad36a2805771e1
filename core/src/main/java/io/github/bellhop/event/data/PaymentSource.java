package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The payment method.
 *
 * @param last4 the last four digits of the card
 */
public record PaymentSource(
        @Nullable String id,
        @Nullable String gateway,
        @Nullable String gatewayExternalId,
        @Nullable String gatewayExternalAccountId,
        @Nullable String paymentMethod,
        @Nullable String status,
        @Nullable String cardType,
        @Nullable String last4) {
    @Override
    public String toString() {
        return Printable.record("PaymentSource", id);
    }
}
