package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A credit for the unused part of a period.
 */
public record Credit(
        @Nullable Money amount,
        @Nullable Long cycleDaysRemaining,
        @Nullable Long cycleDaysTotal,
        @Nullable BigDecimal cycleRemainingPercent) {
    @Override
    public String toString() {
        return Printable.record("Credit");
    }
}
