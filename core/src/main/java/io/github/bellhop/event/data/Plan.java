package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as its subscription items show it.
 *
 * @param amount in the currency's smallest unit
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
