package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The number of seats of a subscription item.
 *
 * @param quantity null if unlimited
 */
public record Seats(@Nullable Long quantity) {
    @Override
    public String toString() {
        return Printable.record("Seats");
    }
}
