package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of unit, such as seats, adds to a total.
 *
 * @param amount of one unit, in the currency's smallest unit
 * @param quantity null when it is not limited
 * @param total in the currency's smallest unit
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
