package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The families of billing events. Their entities belong to a payer: the owner, which is a user or organization that the
 * caller chose, or else an invented user. Callers must hold the lock and suppress the events of the changes, as {@link
 * Kernel#withoutEvents} does.
 */
final class BillingEvents {
    private static final List<String> TIMES = List.of("canceled_at", "past_due_at", "ended_at");

    private final Kernel kernel;
    private final Tables tables;
    private final Billing billing;
    private final BillingDrafts drafts;

    BillingEvents(Kernel kernel, Billing billing, BillingDrafts drafts) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.billing = billing;
        this.drafts = drafts;
    }

    /** The family of subscriptions. If the caller chose an owner, the event is about the owner's only subscription. */
    StoredFamily subscriptions(Resource subscriptions) {
        return StoredFamily.of(subscriptions, subscription -> {})
                .foundBy((data, owner) ->
                        owner == null ? tables.subscriptions.find(Tables.text(data, "id")) : billing.find(owner))
                .inventedAs((data, owner) -> {
                    ObjectNode payer = payer(data, owner);
                    data.set("payer_id", payer.get("id")).set("payer", payer);
                    data.path("items").forEach(item -> plan((ObjectNode) item, payer));
                    return data;
                })
                .storedAs(data -> {
                    data.path("items").forEach(item -> tables.items.put(itemOf(data, (ObjectNode) item)));
                    return data.without(List.of("payer", "items"));
                });
    }

    private ObjectNode itemOf(ObjectNode subscription, ObjectNode nested) {
        ObjectNode item = nested.deepCopy().put("object", "subscription_item");
        item.set("subscription_id", subscription.get("id"));
        item.putObject("payer").set("id", subscription.get("payer_id"));
        return withTimes(item);
    }

    /**
     * The family of subscription items. If the caller chose an owner, the event is about the owner's newest item that
     * has not ended, unless the event adds an item.
     */
    StoredFamily items(Resource items) {
        return StoredFamily.of(items, item -> {})
                .foundBy((data, owner) -> {
                    ObjectNode subscription = owner == null || isNew(data) ? null : billing.find(owner);
                    return subscription == null
                            ? tables.items.find(Tables.text(data, "id"))
                            : billing.liveItems(subscription).stream()
                                    .reduce((older, newer) -> newer)
                                    .orElse(null);
                })
                .inventedAs((data, owner) -> {
                    ObjectNode payer = payer(data, owner);
                    data.set("subscription_id", subscription(payer).get("id"));
                    data.set("payer", payer);
                    plan(data, payer);
                    return data;
                })
                .storedAs(data -> {
                    JsonNode payer = data.at("/payer/id");
                    data.putObject("payer").set("id", payer);
                    return withTimes(data);
                });
    }

    private ObjectNode subscription(ObjectNode payer) {
        ObjectNode known = tables.subscriptionsByPayer.first(Tables.text(payer, "id"));
        return known == null ? drafts.subscription(payer) : known;
    }

    /**
     * The family of payment attempts. If the caller chose an owner, the event is about the owner's newest attempt,
     * unless the event starts one.
     */
    StoredFamily attempts(Resource attempts) {
        return StoredFamily.of(attempts, attempt -> {})
                .foundBy((data, owner) -> {
                    ObjectNode payer = owner == null || isNew(data) ? null : tables.payersByOwner.first(owner);
                    NavigableMap<Table.Place, ObjectNode> all =
                            tables.attemptsByPayer.of(payer == null ? "" : Tables.text(payer, "id"));
                    return all.isEmpty()
                            ? tables.attempts.find(Tables.text(data, "id"))
                            : all.lastEntry().getValue();
                })
                .inventedAs((data, owner) -> {
                    ObjectNode payer = payer(data, owner);
                    String payingOwner = owner(payer);
                    if (billing.find(payingOwner) == null) {
                        billing.subscribe(payingOwner, planOf(payer));
                    }
                    ObjectNode attempt = drafts.attempt(
                            Tables.text(data, "id"), billing.liveItems(subscription(payer)), payingOwner);
                    BillingViews.copy(data, attempt, "billing_date", "created_at", "updated_at");
                    return attempt;
                });
    }

    /**
     * Whether the data comes from an event that creates its entity. In all other invented events, the entity is older
     * than the event.
     */
    private static boolean isNew(ObjectNode data) {
        return data.path("created_at").equals(data.path("updated_at"));
    }

    private ObjectNode payer(ObjectNode data, @Nullable String owner) {
        String id = owner == null ? data.at("/payer/user_id").asString("") : owner;
        StoredFamily.invent(kernel, id.startsWith("org_") ? "organization" : "user", id);
        return drafts.payer(id);
    }

    private static String owner(ObjectNode payer) {
        return Tables.text(payer, "user_id") + Tables.text(payer, "organization_id");
    }

    private static String planOf(ObjectNode payer) {
        return Tables.text(payer, "organization_id").isEmpty() ? "pro" : "team";
    }

    private void plan(ObjectNode item, ObjectNode payer) {
        ObjectNode plan = drafts.plan(planOf(payer));
        item.set("plan_id", plan.get("id"));
        BillingDrafts.describe(plan, (ObjectNode) item.get("plan"));
    }

    /**
     * Adds the times that events do not contain. The time of the current status is now, unless it is already stored.
     */
    private ObjectNode withTimes(ObjectNode item) {
        ObjectNode known = tables.items.find(Tables.text(item, "id"));
        for (String time : TIMES) {
            JsonNode value = known == null ? item.nullNode() : known.path(time);
            boolean begins = value.isNull() && time.equals(Tables.text(item, "status") + "_at");
            item.set(time, begins ? item.numberNode(kernel.now()) : value);
        }
        return item;
    }
}
