package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The price per block of units within a range.
 *
 * @param endsAfterBlock null if the range has no upper bound
 * @param amountPerBlock the price in the currency's smallest unit
 */
public record UnitPriceTier(
        @Nullable Long startsAtBlock,
        @Nullable Long endsAfterBlock,
        @Nullable Long amountPerBlock,
        @Nullable String currency) {
    @Override
    public String toString() {
        return Printable.record("UnitPriceTier");
    }
}
