package io.github.bellhop.simulator.clerk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates plans, payers, subscriptions, items and payment attempts. Callers must hold the lock. */
final class BillingDrafts {
    private static final long MONTH = Duration.ofDays(30).toMillis();

    private final Kernel kernel;
    private final Tables tables;

    BillingDrafts(Kernel kernel) {
        this.kernel = kernel;
        this.tables = kernel.tables;
    }

    void addPlan(String slug, String name, String payerType, long amount) {
        ObjectNode plan = kernel.shape("billing-plan", kernel.newId("cplan"), Map.of())
                .put("slug", slug)
                .put("name", name)
                .put("for_payer_type", payerType)
                .put("is_default", amount == 0)
                .put("has_base_fee", amount > 0);
        plan.set("fee", BillingViews.money(amount));
        tables.plans.put(plan);
    }

    /**
     * The payer of an owner, created if missing. Fields for the other kind of payer are empty, as in Clerk's events.
     */
    ObjectNode payer(String ownerId) {
        ObjectNode known = tables.payersByOwner.first(ownerId);
        return known == null ? newPayer(ownerId) : known;
    }

    private ObjectNode newPayer(String ownerId) {
        ObjectNode organization = tables.organizations.find(ownerId);
        ObjectNode payer = kernel.shape("payer", kernel.newId("cpayer"), Map.of("user", ownerId));
        if (organization == null) {
            ObjectNode user = tables.users.get(ownerId);
            payer.put("first_name", Tables.text(user, "first_name")).put("last_name", Tables.text(user, "last_name"));
            payer.put("email", user.at("/email_addresses/0/email_address").asString(""));
            payer.set("image_url", user.get("image_url"));
        } else {
            List.of("user_id", "first_name", "last_name", "email").forEach(key -> payer.put(key, ""));
            payer.put("organization_id", ownerId).set("organization_name", organization.get("name"));
            payer.set("image_url", organization.get("image_url"));
        }
        tables.payers.put(payer);
        return payer;
    }

    ObjectNode subscription(ObjectNode payer) {
        ObjectNode subscription = kernel.shape("subscription", kernel.newId("csub"), Map.of());
        subscription.remove(List.of("payer", "items"));
        subscription.set("payer_id", payer.get("id"));
        tables.subscriptions.put(subscription);
        return subscription;
    }

    /** The plan with this slug. */
    ObjectNode plan(String slug) {
        ObjectNode plan = tables.plansBySlug.first(slug);
        if (plan == null) {
            throw ClerkRefusedException.notFound("plan", slug);
        }
        return plan;
    }

    ObjectNode item(ObjectNode subscription, ObjectNode plan, ItemStatus status) {
        ObjectNode item = kernel.shape("subscription-item", kernel.newId("csub_item"), Map.of());
        item.set("subscription_id", subscription.get("id"));
        item.putObject("payer").set("id", subscription.get("payer_id"));
        item.set("plan_id", plan.get("id"));
        describe(plan, (ObjectNode) item.get("plan"));
        item.put("status", status.wireName());
        item.putNull("canceled_at").putNull("past_due_at").putNull("ended_at");
        if (status == ItemStatus.UPCOMING) {
            item.put("period_start", kernel.now() + MONTH).put("period_end", kernel.now() + 2 * MONTH);
        }
        tables.items.put(item);
        return item;
    }

    /** Fills in the plan nested in an item or a payment attempt, which has fewer fields than the plan itself. */
    static void describe(ObjectNode plan, ObjectNode nested) {
        BillingViews.copy(plan, nested, "id", "slug", "name", "is_recurring");
        nested.set("amount", plan.at("/fee/amount"));
    }

    ObjectNode attempt(String id, List<ObjectNode> items, String ownerId) {
        ObjectNode payer = payer(ownerId);
        ObjectNode attempt = kernel.shape("payment-attempt", id, Map.of("cpayer", Tables.text(payer, "id")));
        ObjectNode shownPayer = (ObjectNode) attempt.get("payer");
        List.copyOf(shownPayer.propertyNames()).forEach(key -> shownPayer.set(key, payer.get(key)));
        ArrayNode shownItems = (ArrayNode) attempt.get("subscription_items");
        ObjectNode shape = (ObjectNode) shownItems.get(0);
        shownItems.removeAll();
        long amount = 0;
        for (ObjectNode item : items) {
            ObjectNode plan = tables.plans.get(Tables.text(item, "plan_id"));
            shownItems.add(attemptItem(shape.deepCopy(), item, plan));
            amount += plan.at("/fee/amount").asLong(0);
        }
        ObjectNode totals = (ObjectNode) attempt.get("totals");
        totals.set("subtotal", BillingViews.money(amount));
        totals.set("tax_total", BillingViews.money(0));
        totals.set("grand_total", BillingViews.money(amount));
        return attempt;
    }

    private static ObjectNode attemptItem(ObjectNode shown, ObjectNode item, ObjectNode plan) {
        BillingViews.copy(item, shown, "id", "status", "plan_id", "period_start", "period_end");
        describe(plan, (ObjectNode) shown.get("plan"));
        shown.set("amount", plan.get("fee"));
        shown.set("next_payment_amount", plan.at("/fee/amount"));
        return shown;
    }
}
