package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan, as it appears in subscription items.
 *
 * @param amount the price in the currency's smallest unit
 */
public record Plan(
        @Nullable String id,
        @Nullable String slug,
        @Nullable String name,
        @Nullable Boolean isRecurring,
        @Nullable Long amount,
        @Nullable String currency,
        List<UnitPrice> unitPrices) {
    /** Copies its lists, which must not be null. */
    public Plan {
        unitPrices = List.copyOf(unitPrices);
    }

    @Override
    public String toString() {
        return Printable.record("Plan", id);
    }
}
