package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to collect a payment.
 *
 * @param gatewayExternalId the payment provider's id for the payment
 * @param status the status, such as {@code pending}, {@code paid}, {@code failed}
 * @param chargeType the kind of charge, such as {@code recurring} or {@code checkout}
 * @param subscriptionItems the items, in a format older than that of subscription events
 */
public record PaymentAttempt(
        @Nullable String id,
        @Nullable String instanceId,
        @Nullable String paymentId,
        @Nullable String invoiceId,
        @Nullable String statementId,
        @Nullable String gatewayExternalId,
        @Nullable String status,
        @Nullable String chargeType,
        @Nullable Payee payee,
        @Nullable Payer payer,
        @Nullable Totals totals,
        @Nullable PaymentSource paymentSource,
        List<SubscriptionItem> subscriptionItems,
        @Nullable PaymentFailure failedReason,
        @Nullable Instant billingDate,
        @Nullable Instant paidAt,
        @Nullable Instant failedAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its lists, which must not be null. */
    public PaymentAttempt {
        subscriptionItems = List.copyOf(subscriptionItems);
    }

    @Override
    public String toString() {
        return Printable.record("PaymentAttempt", id);
    }
}
