package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The prices of the plans. Each plan has a default price. Prices emit no events. */
public final class Prices extends Resource {
    private static final Set<String> OF_CREATION =
            Params.names("plan_id currency amount annual_monthly_amount description supported_billing_periods");
    private static final Set<String> PERIODS = Set.of("month", "annual", "both");

    /** The lowest amount, in cents, of a price that is not free. */
    private static final long LEAST = 100;

    private static final Comparator<ObjectNode> CHEAPEST_FIRST = Comparator.comparingLong(
                    (ObjectNode price) -> price.path("amount").asLong(0))
            .thenComparing(price -> -price.path("created_at").asLong(0));

    Prices(Kernel kernel) {
        super(kernel, kernel.tables.prices, Kind.of("billing-price", "cprice"));
    }

    /** Adds the default price of each plan. */
    void addDefaults() {
        for (ObjectNode plan : tables.plans.rows().values()) {
            ObjectNode price =
                    price(Tables.text(plan, "id"), plan.at("/fee/amount").longValue(), null, "USD");
            table.put(price.put("is_default", true));
        }
    }

    private ObjectNode price(String plan, long amount, @Nullable Long annual, String currency) {
        ObjectNode price = draft(Map.of())
                .put("instance_id", Fixtures.INSTANCE_ID)
                .put("plan_id", plan)
                .put("currency", currency)
                .put("currency_symbol", BillingViews.symbol(currency))
                .put("amount", amount)
                .put("annual_monthly_amount", annual == null ? 0 : annual);
        price.set("fee", BillingViews.money(amount, currency));
        price.set("annual_monthly_fee", annual == null ? null : BillingViews.money(annual, currency));
        return price.put("supported_billing_periods", annual == null ? "month" : "both");
    }

    /** Creates a price with the parameters of {@code POST /billing/prices}. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String plan = params.requiredText("plan_id");
            tables.plans.get(plan);
            if (!params.has("amount")) {
                throw ClerkRefusedException.missing("amount");
            }
            Long monthly = amount(params, "amount");
            Long annual = amount(params, "annual_monthly_amount");
            if (monthly == null && annual == null) {
                throw ClerkRefusedException.missing("amount");
            }
            String currency = params.text("currency");
            ObjectNode price = price(plan, monthly == null ? 0 : monthly, annual, currency == null ? "USD" : currency);
            if (monthly == null) {
                price.putNull("fee").put("supported_billing_periods", "annual");
            }
            params.oneOf("supported_billing_periods", PERIODS);
            params.copyGiven(price, "description", "supported_billing_periods");
            return added(price);
        });
    }

    private static @Nullable Long amount(Params params, String name) {
        Long amount = params.number(name, 0, Long.MAX_VALUE);
        if (amount != null && amount != 0 && amount < LEAST) {
            throw ClerkError.VALUE_INVALID.of(name, name + " must be 0, or at least " + LEAST + " cents.");
        }
        return amount;
    }

    /** A page of the prices, cheapest first. */
    @Override
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            List<ObjectNode> all = table.rows().values().stream()
                    .filter(filter)
                    .sorted(CHEAPEST_FIRST)
                    .toList();
            return Page.of(all, request, this::view);
        });
    }
}
