package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The credits of payers: a ledger of adjustments, whose sum is the balance. Credits emit no events, and payments in the
 * simulator do not use them.
 */
public final class Credits {
    private static final Set<String> OF_ADJUSTMENT = Params.names("amount action currency idempotency_key note");

    private static final Set<String> ACTIONS = Set.of("increase", "decrease");

    private final Kernel kernel;
    private final Tables tables;
    private final BillingDrafts drafts;

    Credits(Kernel kernel) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.drafts = new BillingDrafts(kernel);
    }

    /**
     * The balance of a user or an organization. The object's {@code balance} is null if the balance has never been
     * adjusted.
     */
    public ObjectNode balance(String ownerId) {
        return kernel.locked(() -> {
            ObjectNode payer = tables.payersByOwner.first(ownerId);
            ObjectNode view = ApiJson.object().put("object", "commerce_credit_balance");
            boolean adjusted = payer != null
                    && !tables.creditsByPayer.of(Tables.text(payer, "id")).isEmpty();
            view.set("balance", payer != null && adjusted ? BillingViews.money(sum(payer)) : null);
            return view;
        });
    }

    private long sum(ObjectNode payer) {
        return tables.creditsByPayer.of(Tables.text(payer, "id")).values().stream()
                .mapToLong(entry -> entry.at("/amount/amount").longValue())
                .sum();
    }

    /**
     * Adjusts the balance of a user or an organization. If the idempotency key was used before, returns the entry of
     * the first request.
     */
    public ObjectNode adjust(String ownerId, ObjectNode given) {
        Params params = Params.of(given, OF_ADJUSTMENT);
        return kernel.locked(() -> {
            ObjectNode payer = drafts.payer(ownerId);
            String key = params.requiredText("idempotency_key");
            long amount = amount(params);
            ObjectNode known = find(payer, key);
            if (known != null && known.at("/amount/amount").longValue() != amount) {
                throw ClerkError.CONFLICT.because("This idempotency key was already used for another adjustment.");
            }
            if (known == null && sum(payer) + amount < 0) {
                throw ClerkError.VALUE_INVALID.of("amount", "amount must not be greater than the balance.");
            }
            return view(known == null ? add(payer, key, amount, params.text("note")) : known);
        });
    }

    private static long amount(Params params) {
        Long amount = params.number("amount", 1, Long.MAX_VALUE);
        if (amount == null) {
            throw ClerkRefusedException.missing("amount");
        }
        params.require("action");
        String action = params.oneOf("action", ACTIONS);
        String currency = params.text("currency");
        if (currency != null && !currency.equals("USD")) {
            throw ClerkRefusedException.notSimulated("The simulator offers no currency but USD.");
        }
        return "increase".equals(action) ? amount : -amount;
    }

    private @Nullable ObjectNode find(ObjectNode payer, String key) {
        return tables.creditsByPayer.of(Tables.text(payer, "id")).values().stream()
                .filter(entry -> Tables.text(entry, "idempotency_key").equals(key))
                .findFirst()
                .orElse(null);
    }

    private ObjectNode add(ObjectNode payer, String key, long amount, @Nullable String note) {
        ObjectNode entry = kernel.shape("credit-ledger", kernel.newId("ccl"), Map.of());
        entry.set("payer_id", payer.get("id"));
        entry.set("amount", BillingViews.money(amount));
        entry.put("note", note).put("idempotency_key", key);
        tables.credits.put(entry);
        return entry;
    }

    private static ObjectNode view(ObjectNode entry) {
        ObjectNode view = entry.deepCopy();
        view.remove("idempotency_key");
        return view.put(
                "created_at",
                Instant.ofEpochMilli(entry.path("created_at").longValue()).toString());
    }
}
