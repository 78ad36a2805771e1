package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment failed.
 *
 * @param declineCode the bank's own reason
 */
public record PaymentFailure(
        @Nullable String code, @Nullable String declineCode) {
    @Override
    public String toString() {
        return Printable.record("PaymentFailure");
    }
}
