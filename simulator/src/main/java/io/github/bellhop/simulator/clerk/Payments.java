package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import tools.jackson.databind.node.ObjectNode;

/** The attempts to collect what subscriptions cost. They are given as events carry them: the Backend API lists none. */
public final class Payments {
    private final Kernel kernel;
    private final Tables tables;
    private final Billing billing;
    private final BillingViews views;
    private final BillingDrafts drafts;

    Payments(Kernel kernel, Tables tables, Billing billing) {
        this.kernel = kernel;
        this.tables = tables;
        this.billing = billing;
        this.views = new BillingViews(kernel, tables);
        this.drafts = new BillingDrafts(kernel, tables);
    }

    /** Begins to collect what the subscription of a user or an organization costs. */
    public ObjectNode charge(String ownerId) {
        return kernel.locked(() -> {
            ObjectNode attempt = drafts.attempt(views.liveItems(billing.require(ownerId)), ownerId);
            kernel.emit(EventType.PAYMENT_ATTEMPT_CREATED, attempt);
            return attempt.deepCopy();
        });
    }

    /** Ends an attempt, well or not. */
    public ObjectNode settle(String attemptId, boolean paid) {
        return kernel.locked(() -> {
            String status = paid ? "paid" : "failed";
            return kernel.change(
                            tables.attempts,
                            tables.attempts.get(attemptId),
                            attempt -> attempt.put("status", status).put(status + "_at", kernel.now()),
                            settled -> kernel.emit(EventType.PAYMENT_ATTEMPT_UPDATED, settled))
                    .deepCopy();
        });
    }
}
