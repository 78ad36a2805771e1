package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a payment attempt.
 */
public record Totals(
        @Nullable Money subtotal,
        @Nullable Money taxTotal,
        @Nullable Money grandTotal,
        List<UnitTotal> perUnitTotals) {
    /** Copies its lists, which must not be null. */
    public Totals {
        perUnitTotals = List.copyOf(perUnitTotals);
    }

    @Override
    public String toString() {
        return Printable.record("Totals");
    }
}
