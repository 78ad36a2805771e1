package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Credits;
import io.github.bellhop.simulator.clerk.Prices;
import io.github.bellhop.simulator.clerk.Statements;
import io.github.bellhop.simulator.http.Routes;

/** The routes for prices, statements and credits. */
final class BillingRoutes {
    private static final String PRICES = "/billing/prices";
    private static final String STATEMENTS = "/billing/statements";

    private final ClerkInstance instance;

    BillingRoutes(ClerkInstance instance) {
        this.instance = instance;
    }

    void addTo(Routes<Call> all) {
        Routes<Call> paths = all.readBy(Call.since(ApiVersions.WITH_BILLING, "billing"));
        Prices prices = instance.prices();
        Statements statements = instance.statements();
        Credits credits = instance.credits();
        paths.get(
                        PRICES,
                        call -> Call.counted(prices.list(
                                call.alwaysPaginated().page(), call.filter().text("plan_id", "/plan_id"))))
                .post(PRICES, call -> prices.create(call.body()))
                .get(
                        STATEMENTS,
                        call -> Call.counted(
                                statements.list(call.alwaysPaginated().page())))
                .get(STATEMENTS + "/{id}", call -> statements.get(call.id()))
                .get(
                        STATEMENTS + "/{id}/payment_attempts",
                        call -> Call.counted(statements.listAttempts(
                                call.id(), call.alwaysPaginated().page())))
                .get("/users/{id}/billing/credits", call -> credits.balance(user(call)))
                .post("/users/{id}/billing/credits", call -> credits.adjust(user(call), call.body()))
                .get("/organizations/{id}/billing/credits", call -> credits.balance(organization(call)))
                .post("/organizations/{id}/billing/credits", call -> credits.adjust(organization(call), call.body()));
    }

    private String user(Call call) {
        return instance.users().get(call.id()).path("id").stringValue();
    }

    private String organization(Call call) {
        return instance.organizations().id(call.id());
    }
}
