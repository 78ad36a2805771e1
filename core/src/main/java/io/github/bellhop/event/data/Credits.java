package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * All that lowers what is to be paid.
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
