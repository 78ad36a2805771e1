package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * How many seats an item has.
 *
 * @param quantity null when they are not limited
 */
public record Seats(@Nullable Long quantity) {
    @Override
    public String toString() {
        return Printable.record("Seats");
    }
}
