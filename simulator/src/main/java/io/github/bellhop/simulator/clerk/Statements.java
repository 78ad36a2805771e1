package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The billing statements. A statement is the sum of the payment attempts with the same statement id. It is closed as
 * soon as one of its attempts is paid. The Backend API shows attempts in a different shape than events.
 */
public final class Statements {
    private final Kernel kernel;
    private final Tables tables;
    private final BillingViews views;

    Statements(Kernel kernel) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.views = new BillingViews(tables);
    }

    /** A page of all statements, newest first. */
    public Page list(PageRequest request) {
        return kernel.locked(() -> Page.of(List.copyOf(grouped().values()), request, this::view));
    }

    /** The statement with this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> view(attemptsOf(id)));
    }

    /** A page of the payment attempts of a statement, newest first. */
    public Page listAttempts(String id, PageRequest request) {
        return kernel.locked(() -> Page.of(attemptsOf(id), request, this::attempt));
    }

    private Map<String, List<ObjectNode>> grouped() {
        Map<String, List<ObjectNode>> byStatement = new LinkedHashMap<>();
        tables.attempts
                .rows()
                .descendingMap()
                .values()
                .forEach(attempt -> byStatement
                        .computeIfAbsent(Tables.text(attempt, "statement_id"), id -> new ArrayList<>())
                        .add(attempt));
        return byStatement;
    }

    private List<ObjectNode> attemptsOf(String id) {
        List<ObjectNode> attempts = grouped().get(id);
        if (attempts == null) {
            throw ClerkRefusedException.notFound("billing statement", id);
        }
        return attempts;
    }

    private ObjectNode view(List<ObjectNode> attempts) {
        ObjectNode newest = attempts.get(0);
        ObjectNode view = ApiJson.object()
                .put("object", "commerce_statement")
                .put("id", Tables.text(newest, "statement_id"))
                .put("instance_id", Fixtures.INSTANCE_ID);
        view.set("timestamp", attempts.get(attempts.size() - 1).get("created_at"));
        view.set("payer", payer(newest));
        boolean paid = attempts.stream()
                .anyMatch(attempt -> Tables.text(attempt, "status").equals("paid"));
        view.put("status", paid ? "closed" : "open");
        view.set("totals", totals(newest));
        ObjectNode group = view.putArray("groups").addObject().put("object", "commerce_statement_group");
        group.set("timestamp", newest.get("created_at"));
        ArrayNode items = group.putArray("items");
        attempts.forEach(attempt -> items.add(attempt(attempt)));
        return view;
    }

    private ObjectNode payer(ObjectNode attempt) {
        return views.payer(tables.payers.get(Tables.place(attempt, "/payer/id")));
    }

    /** Events do not contain the base fee. The simulator uses the subtotal, because its plans have no unit prices. */
    private static ObjectNode totals(ObjectNode attempt) {
        ObjectNode totals = ApiJson.object();
        for (String total : List.of("grand_total", "subtotal", "tax_total")) {
            totals.set(total, attempt.path("totals").get(total));
        }
        totals.set("base_fee", totals.get("subtotal"));
        return totals;
    }

    private ObjectNode attempt(ObjectNode attempt) {
        ObjectNode view = ApiJson.object().put("object", "commerce_payment");
        BillingViews.copy(attempt, view, "id", "payment_id", "instance_id", "charge_type");
        view.set("payee_id", attempt.at("/payee/id"));
        view.set("payee", attempt.get("payee"));
        view.set("payer_id", attempt.at("/payer/id"));
        view.set("payer", payer(attempt));
        JsonNode item = attempt.at("/subscription_items/0");
        if (item.isObject()) {
            view.set("subscription_item_id", item.get("id"));
            view.set("subscription_item", item);
        }
        view.set("amount", attempt.at("/totals/grand_total"));
        view.set("totals", totals(attempt));
        view.set("payment_method_id", attempt.at("/payment_source/id"));
        view.set("payment_method", paymentMethod(attempt));
        BillingViews.copy(attempt, view, "statement_id", "gateway_external_id");
        view.putNull("gateway_external_url");
        BillingViews.copy(attempt, view, "status", "paid_at", "failed_at", "created_at", "updated_at");
        return view.deepCopy();
    }

    private static ObjectNode paymentMethod(ObjectNode attempt) {
        JsonNode source = attempt.path("payment_source");
        ObjectNode method = ApiJson.object().put("object", "commerce_payment_method");
        method.set("id", source.get("id"));
        method.set("payer_id", attempt.at("/payer/id"));
        method.set("payment_type", source.get("payment_method"));
        BillingViews.copy(source, method, "gateway", "gateway_external_id", "gateway_external_account_id");
        BillingViews.copy(source, method, "last4", "status", "card_type");
        return method;
    }
}
