package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The subscriptions and payments of an instance. A user or an organization has at most one subscription, with one item
 * per plan. The items' statuses determine the subscription's status.
 */
public final class Billing {
    private final Kernel kernel;
    private final Tables tables;
    private final BillingViews views;
    private final BillingDrafts drafts;
    private final Resource subscriptions;
    private final Resource items;
    private final Resource plans;
    private final Resource attempts;

    Billing(Kernel kernel) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.views = new BillingViews(tables);
        this.drafts = new BillingDrafts(kernel);
        this.subscriptions = new Resource(
                kernel,
                tables.subscriptions,
                Kind.of("subscription", "csub").seen(views::subscription, views::subscriptionEvent));
        this.items = new Resource(
                kernel,
                tables.items,
                Kind.of("subscription-item", "csub_item")
                        .events(null, EventType.SUBSCRIPTION_ITEM_UPDATED, null)
                        .seen(views::item, views::itemEvent));
        this.attempts = new Resource(
                kernel,
                tables.attempts,
                Kind.of("payment-attempt", "pa")
                        .events(EventType.PAYMENT_ATTEMPT_CREATED, EventType.PAYMENT_ATTEMPT_UPDATED, null));
        this.plans = new Resource(kernel, tables.plans, Kind.of("billing-plan", "cplan"));
    }

    /** Adds the plans that every simulated instance has, without emitting events. */
    void addPlans() {
        drafts.addPlan("free_user", "Free", "user", 0);
        drafts.addPlan("pro", "Pro", "user", 2000);
        drafts.addPlan("free_org", "Free", "org", 0);
        drafts.addPlan("team", "Team", "org", 5000);
    }

    /**
     * Subscribes a user or an organization to a plan. The new plan replaces the current one, if any.
     *
     * @param ownerId a {@code user_} or {@code org_} id
     * @param plan    a plan's slug, such as {@code pro}
     * @return the subscription
     */
    public ObjectNode subscribe(String ownerId, String plan) {
        return kernel.locked(() -> {
            ObjectNode chosen = drafts.plan(plan);
            ObjectNode payer = drafts.payer(ownerId);
            ObjectNode before = find(ownerId);
            if (before == null) {
                return begin(drafts.subscription(payer), chosen);
            }
            views.liveItems(before).forEach(item -> move(item, ItemStatus.ENDED));
            addItem(before, chosen, ItemStatus.ACTIVE);
            return subscriptions.view(follow(before));
        });
    }

    private ObjectNode begin(ObjectNode subscription, ObjectNode plan) {
        ObjectNode item = drafts.item(subscription, plan, ItemStatus.ACTIVE);
        subscriptions.emit(EventType.SUBSCRIPTION_CREATED, subscription);
        emit(item, ItemStatus.ACTIVE);
        subscriptions.emit(EventType.SUBSCRIPTION_ACTIVE, subscription);
        return subscriptions.view(subscription);
    }

    private ObjectNode addItem(ObjectNode subscription, ObjectNode plan, ItemStatus status) {
        ObjectNode item = drafts.item(subscription, plan, status);
        emit(item, status);
        return item;
    }

    private void emit(ObjectNode item, ItemStatus status) {
        items.emit(EventType.SUBSCRIPTION_ITEM_CREATED, item);
        items.emit(status.event(), item);
    }

    /** Adds an item to an existing subscription, such as one for the plan that follows the current plan. */
    public ObjectNode add(String ownerId, String plan, ItemStatus status) {
        return kernel.locked(() -> {
            ObjectNode subscription = require(ownerId);
            ObjectNode item = addItem(subscription, drafts.plan(plan), status);
            follow(subscription);
            return items.view(item);
        });
    }

    /** Sets the status of an item, and updates its subscription accordingly. */
    public ObjectNode move(String itemId, ItemStatus status) {
        return kernel.locked(() -> {
            ObjectNode item = tables.items.find(itemId);
            if (item == null) {
                throw ClerkError.ITEM_NOT_FOUND.because("No subscription item was found with id " + itemId + ".");
            }
            ObjectNode moved = move(item, status);
            if (!item.equals(tables.items.get(itemId))) {
                follow(tables.subscriptions.get(Tables.text(item, "subscription_id")));
            }
            return moved;
        });
    }

    private ObjectNode move(ObjectNode item, ItemStatus status) {
        return items.change(
                item,
                changed -> {
                    changed.put("status", status.wireName());
                    String time = status.wireName() + "_at";
                    if (changed.path(time).isNull()) {
                        changed.put(time, kernel.now());
                    }
                    if (status == ItemStatus.ENDED) {
                        changed.put(
                                "period_end",
                                Math.min(
                                        kernel.now(), changed.path("period_end").asLong()));
                    }
                },
                moved -> items.emit(status.event(), moved));
    }

    /** Derives a subscription's status from its items, and emits an event for the subscription. */
    private ObjectNode follow(ObjectNode subscription) {
        List<String> states = views.liveItems(subscription).stream()
                .map(item -> Tables.text(item, "status"))
                .toList();
        String before = Tables.text(subscription, "status");
        String status = status(states);
        ObjectNode after = subscription.deepCopy().put("status", status);
        if (!status.equals(before) && after.has(status + "_at")) {
            after.put(status + "_at", kernel.now());
        }
        subscriptions.replace(subscription, after);
        subscriptions.emit(event(before, status), after);
        return after;
    }

    private static String status(List<String> ofItems) {
        if (ofItems.contains("past_due")) {
            return "past_due";
        }
        if (ofItems.isEmpty()) {
            return "ended";
        }
        return ofItems.stream().allMatch("incomplete"::equals) ? "incomplete" : "active";
    }

    private static EventType event(String before, String status) {
        if (status.equals(before)) {
            return EventType.SUBSCRIPTION_UPDATED;
        }
        return switch (status) {
            case "active" -> EventType.SUBSCRIPTION_ACTIVE;
            case "past_due" -> EventType.SUBSCRIPTION_PAST_DUE;
            default -> EventType.SUBSCRIPTION_UPDATED;
        };
    }

    /** Changes the number of seats that an item covers. */
    public ObjectNode changeSeats(String itemId, int seats) {
        return kernel.locked(() -> {
            ObjectNode item = tables.items.get(itemId);
            return items.change(item, copy -> copy.putObject("seats").put("quantity", seats));
        });
    }

    /** Emits the event for a free trial that is about to end. */
    public ObjectNode warnOfTrialEnd(String itemId) {
        return kernel.locked(() -> {
            ObjectNode item = tables.items.get(itemId);
            ObjectNode trial = items.replace(item, item.deepCopy().put("is_free_trial", true));
            items.emit(EventType.SUBSCRIPTION_ITEM_FREE_TRIAL_ENDING, trial);
            return items.view(trial);
        });
    }

    /** The subscription of a user or an organization. */
    public ObjectNode get(String ownerId) {
        return kernel.locked(() -> subscriptions.view(require(ownerId)));
    }

    /**
     * Creates a payment attempt for a subscription. If the previous attempt failed, the new one belongs to the same
     * statement.
     */
    public ObjectNode charge(String ownerId) {
        return kernel.locked(() -> {
            ObjectNode attempt = drafts.attempt(kernel.newId("pa"), views.liveItems(require(ownerId)), ownerId);
            NavigableMap<Table.Place, ObjectNode> before =
                    tables.attemptsByPayer.of(attempt.at("/payer/id").stringValue());
            if (!before.isEmpty()
                    && Tables.text(before.lastEntry().getValue(), "status").equals("failed")) {
                BillingViews.copy(before.lastEntry().getValue(), attempt, "statement_id");
            }
            return attempts.added(attempt);
        });
    }

    /** Ends a payment attempt as paid or failed. */
    public ObjectNode settle(String attemptId, boolean paid) {
        String status = paid ? "paid" : "failed";
        return kernel.locked(() -> attempts.change(
                tables.attempts.get(attemptId),
                attempt -> attempt.put("status", status).put(status + "_at", kernel.now())));
    }

    private ObjectNode require(String ownerId) {
        ObjectNode found = find(ownerId);
        if (found == null) {
            throw ClerkRefusedException.notFound("subscription", ownerId);
        }
        return found;
    }

    /** The stored subscription of a user or an organization; null if it has no subscription. */
    @Nullable
    ObjectNode find(String ownerId) {
        ObjectNode payer = tables.payersByOwner.first(ownerId);
        return payer == null ? null : tables.subscriptionsByPayer.first(Tables.text(payer, "id"));
    }

    /** The items of a stored subscription that have not ended. */
    List<ObjectNode> liveItems(ObjectNode subscription) {
        return views.liveItems(subscription);
    }

    /** The families of billing events. */
    Map<String, EventFamily> families() {
        BillingEvents events = new BillingEvents(kernel, this, drafts);
        return Map.of(
                "subscription", events.subscriptions(subscriptions),
                "subscriptionItem", events.items(items),
                "paymentAttempt", events.attempts(attempts));
    }

    /** A page of the items of all subscriptions. The filter is called with each item as the Backend API shows it. */
    public Page listItems(PageRequest request, Predicate<ObjectNode> filter) {
        return items.list(request, item -> filter.test(items.view(item)));
    }

    /** A page of all plans. */
    public Page listPlans(PageRequest request, Predicate<ObjectNode> filter) {
        return plans.list(request, filter);
    }

    /**
     * Removes the payer, subscriptions and payment attempts of a user or an organization that is about to be deleted.
     * Clerk is not known to emit events for this.
     */
    void removeAll(String ownerId) {
        for (ObjectNode payer : tables.payersByOwner.list(ownerId)) {
            String id = Tables.text(payer, "id");
            for (ObjectNode subscription : tables.subscriptionsByPayer.list(id)) {
                tables.items.removeAll(tables.itemsBySubscription.list(Tables.text(subscription, "id")));
            }
            tables.subscriptions.removeAll(tables.subscriptionsByPayer.list(id));
            tables.attempts.removeAll(tables.attemptsByPayer.list(id));
            tables.credits.removeAll(tables.creditsByPayer.list(id));
        }
        tables.payers.removeAll(tables.payersByOwner.list(ownerId));
    }
}
