package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The share of one kind of unit, such as seats, in a total.
 *
 * @param amount the price of one unit, in the currency's smallest unit
 * @param quantity null if unlimited
 * @param total the amount in the currency's smallest unit
 */
public record UnitTotal(
        @Nullable String name,
        @Nullable Long amount,
        @Nullable Long quantity,
        @Nullable Long total,
        @Nullable String currency) {
    @Override
    public String toString() {
        return Printable.record("UnitTotal");
    }
}
