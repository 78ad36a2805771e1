package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan's price for each block of units, such as seats.
 */
public record UnitPrice(@Nullable String name, @Nullable Long blockSize, List<UnitPriceTier> tiers) {
    /** Copies its lists, which must not be null. */
    public UnitPrice {
        tiers = List.copyOf(tiers);
    }

    @Override
    public String toString() {
        return Printable.record("UnitPrice");
    }
}
