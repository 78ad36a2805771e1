package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The reason for a failed payment.
 *
 * @param declineCode the bank's reason for declining the payment
 */
public record PaymentFailure(
        @Nullable String code, @Nullable String declineCode) {
    @Override
    public String toString() {
        return Printable.record("PaymentFailure");
    }
}
