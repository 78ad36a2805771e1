package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Billing objects as clients see them. The Backend API and the events differ more here than for any other kind of
 * entity. Callers must hold the lock.
 */
final class BillingViews {
    /** Fields that are stored in an item but shown only by the Backend API. */
    private static final List<String> NOT_IN_EVENTS = List.of("canceled_at", "past_due_at", "ended_at");

    private static final Set<String> OF_ONE_KIND_OF_PAYER =
            Set.of("user_id", "first_name", "last_name", "email", "organization_id", "organization_name");

    private final Tables tables;

    BillingViews(Tables tables) {
        this.tables = tables;
    }

    ObjectNode itemEvent(ObjectNode item) {
        ObjectNode view = item.deepCopy();
        view.remove(NOT_IN_EVENTS);
        view.set("payer", payerOf(item).deepCopy());
        return view;
    }

    /** A subscription in an event. Its items contain neither the subscription's id nor the payer. */
    ObjectNode subscriptionEvent(ObjectNode subscription) {
        ObjectNode view = subscription.deepCopy();
        view.set(
                "payer",
                tables.payers.get(Tables.text(subscription, "payer_id")).deepCopy());
        ArrayNode items = view.putArray("items");
        for (ObjectNode item : liveItems(subscription)) {
            ObjectNode nested = item.deepCopy();
            nested.remove(NOT_IN_EVENTS);
            nested.remove("payer");
            items.add(nested.put("object", "commerce_subscription_item").putNull("subscription_id"));
        }
        return view;
    }

    /** The items that have not ended. */
    List<ObjectNode> liveItems(ObjectNode subscription) {
        return tables.itemsBySubscription.list(Tables.text(subscription, "id")).stream()
                .filter(item -> !ItemStatus.isOver(Tables.text(item, "status")))
                .toList();
    }

    private ObjectNode payerOf(ObjectNode item) {
        return tables.payers.get(item.at("/payer/id").stringValue());
    }

    /** A subscription as the Backend API shows it. */
    ObjectNode subscription(ObjectNode subscription) {
        ObjectNode view = ApiJson.object()
                .put("object", "commerce_subscription")
                .put("id", Tables.text(subscription, "id"))
                .put("instance_id", Fixtures.INSTANCE_ID);
        copy(subscription, view, "status", "payer_id", "created_at", "updated_at", "active_at", "past_due_at");
        ArrayNode items = view.putArray("subscription_items");
        liveItems(subscription).forEach(item -> items.add(item(item)));
        return view.put("eligible_for_free_trial", false);
    }

    /** An item as the Backend API shows it. */
    ObjectNode item(ObjectNode item) {
        ObjectNode view = ApiJson.object()
                .put("object", "commerce_subscription_item")
                .put("id", Tables.text(item, "id"))
                .put("instance_id", Fixtures.INSTANCE_ID);
        copy(item, view, "status", "plan_id");
        ObjectNode plan = tables.plans.get(Tables.text(item, "plan_id"));
        view.set("plan", plan.deepCopy());
        view.put("plan_period", Tables.text(item, "interval"));
        view.set("lifetime_paid", money(0)).putNull("next_payment");
        ObjectNode payer = payer(payerOf(item));
        view.set("payer_id", payer.get("id"));
        view.set("payer", payer);
        copy(item, view, "is_free_trial", "period_start", "period_end", "canceled_at", "past_due_at", "ended_at");
        copy(item, view, "created_at", "updated_at", "seats");
        return view;
    }

    /** A payer as the Backend API shows it. */
    ObjectNode payer(ObjectNode payer) {
        ObjectNode view = payer.deepCopy().put("instance_id", Fixtures.INSTANCE_ID);
        for (String key : OF_ONE_KIND_OF_PAYER) {
            if (Tables.text(view, key).isEmpty()) {
                view.putNull(key);
            }
        }
        return view;
    }

    static void copy(JsonNode from, ObjectNode to, String... keys) {
        for (String key : keys) {
            to.set(key, from.get(key));
        }
    }

    /** An amount of money, given in cents. */
    static ObjectNode money(long amount) {
        return money(amount, "USD");
    }

    static ObjectNode money(long amount, String currency) {
        String sign = amount < 0 ? "-" : "";
        return ApiJson.object()
                .put("amount", amount)
                .put("amount_formatted", "%s%d.%02d".formatted(sign, Math.abs(amount) / 100, Math.abs(amount) % 100))
                .put("currency", currency)
                .put("currency_symbol", symbol(currency));
    }

    static String symbol(String currency) {
        return currency.equals("USD") ? "$" : currency;
    }
}
