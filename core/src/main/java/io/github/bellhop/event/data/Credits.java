package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The credits that reduce the amount due.
 */
public record Credits(
        @Nullable Credit proration,
        @Nullable PayerCredit payer,
        @Nullable Money total) {
    @Override
    public String toString() {
        return Printable.record("Credits");
    }
}
