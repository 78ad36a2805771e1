package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.Column.Type.BIGINT;
import static io.github.bellhop.sync.mirror.Column.Type.TEXT;
import static io.github.bellhop.sync.mirror.ColumnsBuilder.columns;

import java.util.List;

/** The billing tables. Clerk Billing is in public beta. Amounts are whole numbers of the currency's smallest unit. */
final class BillingTables {
    /** The payers: users or organizations. Events contain them only nested in other entities. */
    static final MirrorTable PAYERS = MirrorTable.of("clerk_billing_payers", "commerce_payer")
            .aboutUser("user_id")
            .columns(columns()
                    .ids("user_id", "organization_id")
                    .addressesOrNull("email")
                    .textsOrNull("first_name", "last_name", "organization_name", "image_url")
                    .times("created_at", "updated_at"));

    /**
     * The items of subscriptions. In a subscription's own events, an item contains neither its subscription's id nor
     * its payer's.
     */
    static final MirrorTable SUBSCRIPTION_ITEMS = MirrorTable.of(
                    "clerk_billing_subscription_items", "commerce_subscription_item")
            .from("subscriptionItem")
            .ids("csub_item_")
            .aboutPayer("payer_id")
            .lane("payer_id")
            .nested("payer", PAYERS)
            .columns(columns()
                    .id("subscription_id", ofSubscription("subscription_id", "data.id"))
                    .id("payer_id", ofSubscription("payer.id", "data.payer.id"))
                    .ids("plan_id")
                    .column("plan_slug", TEXT, Source.at("plan.slug"))
                    .column("plan_name", TEXT, Source.at("plan.name"))
                    .column("plan_amount", BIGINT, Source.at("plan.amount"))
                    .column("plan_currency", TEXT, Source.at("plan.currency"))
                    .column("plan_interval", TEXT, Source.firstOf("interval", "plan_period"))
                    .texts("status")
                    .booleans("is_free_trial")
                    .times("period_start", "period_end")
                    .column("seats_quantity", BIGINT, Source.at("seats.quantity"))
                    .json("plan")
                    .times("created_at", "updated_at"));

    /** Subscriptions of users and organizations. */
    static final MirrorTable SUBSCRIPTIONS = MirrorTable.of("clerk_billing_subscriptions", "commerce_subscription")
            .from("subscription")
            .ids("csub_")
            .aboutPayer("payer_id")
            .lane("payer_id")
            .nested("payer", PAYERS)
            .nested("items", SUBSCRIPTION_ITEMS)
            .columns(columns()
                    .id("payer_id", Source.firstOf("payer_id", "payer.id"))
                    .texts("status")
                    .times("active_at", "canceled_at", "ended_at", "past_due_at")
                    .ids("latest_payment_id", "payment_source_id")
                    .times("created_at", "updated_at"));

    /** Attempts to collect payments. */
    static final MirrorTable PAYMENT_ATTEMPTS = MirrorTable.of(
                    "clerk_billing_payment_attempts", "commerce_payment_attempt")
            .from("paymentAttempt")
            .aboutPayer("payer_id")
            .lane("payer_id")
            .nested("payer", PAYERS)
            .finalStates("paid", "failed")
            .children(List.of(new ChildTable(
                    "clerk_billing_payment_attempt_items",
                    "payment_attempt_id",
                    "subscription_item_id",
                    "subscription_items",
                    Source.at("id"),
                    null,
                    columns()
                            .ids("plan_id")
                            .texts("status")
                            .column("amount", BIGINT, Source.at("amount.amount"))
                            .times("period_start", "period_end")
                            .list())))
            .columns(columns()
                    .ids("payment_id", "statement_id")
                    .id("payer_id", Source.at("payer.id"))
                    .texts("status", "charge_type")
                    .ids("gateway_external_id")
                    .column("grand_total", BIGINT, Source.at("totals.grand_total.amount"))
                    .column("subtotal", BIGINT, Source.at("totals.subtotal.amount"))
                    .column("tax_total", BIGINT, Source.at("totals.tax_total.amount"))
                    .column("currency", TEXT, Source.at("totals.grand_total.currency"))
                    .times("billing_date", "paid_at", "failed_at")
                    .column("failure_code", TEXT, Source.at("failed_reason.code"))
                    .column("failure_decline_code", TEXT, Source.at("failed_reason.decline_code"))
                    .column("payment_method", TEXT, Source.at("payment_source.payment_method"))
                    .column("card_type", TEXT, Source.at("payment_source.card_type"))
                    .column("last4", TEXT, Source.at("payment_source.last4"))
                    .times("created_at", "updated_at"));

    static final List<MirrorTable> ALL = List.of(PAYERS, SUBSCRIPTIONS, SUBSCRIPTION_ITEMS, PAYMENT_ATTEMPTS);

    private BillingTables() {}

    /** The item's own value; inside a subscription's event, the subscription's value. */
    private static Source ofSubscription(String own, String fromSubscription) {
        Source type = Source.inPayload("type");
        Source outer = Source.inPayload(fromSubscription);
        Source inSubscription = new Source(
                "in subscription.*: " + outer.path(),
                (entity, payload) ->
                        type.read(entity, payload) instanceof String text && text.startsWith("subscription.")
                                ? outer.read(entity, payload)
                                : Source.ABSENT);
        return Source.firstOf(List.of(Source.at(own), inSubscription));
    }
}
