package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money.
 *
 * @param amount the amount in the currency's smallest unit, such as cents
 * @param currency the currency, such as {@code USD}
 */
public record Money(
        @Nullable Long amount,
        @Nullable String amountFormatted,
        @Nullable String currency,
        @Nullable String currencySymbol) {
    @Override
    public String toString() {
        return Printable.record("Money");
    }
}
