package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The amount taken from a payer's balance.
 */
public record PayerCredit(
        @Nullable Money appliedAmount, @Nullable Money remainingBalance) {
    @Override
    public String toString() {
        return Printable.record("PayerCredit");
    }
}
