package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Prices, statements and credits. */
class BillingApiTest {
    private final Simulated simulated = new Simulated();
    private final Calls calls = new Calls(
                    new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock))
            .header("clerk-api-version", "2025-11-10");
    private String user = "";
    private String organization = "";
    private String plan = "";

    @BeforeEach
    void createPayers() {
        user = simulated.user();
        organization = simulated.organization(user);
        plan = calls.get("/billing/plans?payer_type=org").at("/data/0/id").stringValue();
        simulated.events.clear();
    }

    private String filled(String text) {
        return text.replace("USER", user).replace("ORG", organization).replace("PLAN", plan);
    }

    @Test
    void listsPricesTheCheapestFirst() {
        JsonNode custom = calls.post(
                "/billing/prices",
                filled("{'plan_id':'PLAN','amount':1500,'annual_monthly_amount':1200,'description':'x'}"));
        assertThat(custom.path("supported_billing_periods").stringValue()).isEqualTo("both");
        assertThat(custom.at("/fee/amount_formatted").stringValue()).isEqualTo("15.00");
        assertThat(calls.get("/billing/prices").path("data"))
                .extracting(price -> price.path("amount").longValue())
                .containsExactly(0L, 0L, 1500L, 2000L, 5000L);
        JsonNode ofPlan = calls.get("/billing/prices?plan_id=" + plan + "&limit=1&offset=1");
        assertThat(ofPlan.path("total_count").longValue()).isEqualTo(2);
        assertThat(ofPlan.path("data")).hasSize(1);
        assertThat(calls.post("/billing/prices", filled("{'plan_id':'PLAN','amount':null,'annual_monthly_amount':0}"))
                        .path("supported_billing_periods")
                        .stringValue())
                .isEqualTo("annual");
        assertThat(simulated.events.types()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "organization"})
    void statesEachPaymentUntilItIsPaid(String kind) {
        String owner = kind.equals("user") ? user : organization;
        simulated.instance.billing().subscribe(owner, kind.equals("user") ? "pro" : "team");
        String attempt = id(simulated.instance.billing().charge(owner));
        simulated.clock.move(Duration.ofMinutes(1));
        String other = id(simulated.instance.billing().charge(owner));
        simulated.instance.billing().settle(attempt, true);
        JsonNode statements = calls.get("/billing/statements").path("data");
        assertThat(statements)
                .extracting(each -> each.path("status").stringValue())
                .as("the newest first")
                .containsExactly("open", "closed");
        JsonNode paid = calls.get("/billing/statements/" + id(statements.get(1)));
        assertThat(paid).isEqualTo(statements.get(1));
        assertThat(paid.at("/payer/" + kind + "_id").stringValue()).isEqualTo(owner);
        assertThat(paid.at("/totals/grand_total/amount").longValue()).isEqualTo(kind.equals("user") ? 2000 : 5000);
        JsonNode attempts = calls.get("/billing/statements/" + id(paid) + "/payment_attempts");
        assertThat(Calls.texts(attempts, "id")).isEqualTo(List.of(attempt)).doesNotContain(other);
        assertThat(attempts.at("/data/0/paid_at").isNumber()).isTrue();
        assertThat(paid.at("/groups/0/items/0")).isEqualTo(attempts.at("/data/0"));
        assertThat(calls.get("/billing/statements?limit=1&offset=1").path("data"))
                .containsExactly(paid);
    }

    @Test
    void retriesAFailedPaymentOfTheSameStatement() {
        simulated.instance.billing().subscribe(user, "pro");
        simulated.instance.billing().settle(id(simulated.instance.billing().charge(user)), false);
        simulated.instance.billing().settle(id(simulated.instance.billing().charge(user)), true);
        simulated.instance.billing().charge(user);
        JsonNode statements = calls.get("/billing/statements");
        assertThat(statements.path("total_count").longValue()).isEqualTo(2);
        assertThat(Calls.texts(statements.at("/data/1/groups/0/items"), "status"))
                .containsExactly("paid", "failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/USER/billing/credits", "/organizations/ORG/billing/credits"})
    void adjustsTheBalanceOncePerKey(String path) {
        String credits = filled(path);
        assertThat(calls.get(credits).path("balance").isNull()).isTrue();
        String grant = "{'amount':550,'action':'increase','idempotency_key':'a','note':'sorry'}";
        JsonNode entry = calls.post(credits, grant);
        assertThat(entry.path("note").stringValue()).isEqualTo("sorry");
        assertThat(calls.post(credits, grant)).isEqualTo(entry);
        JsonNode less = calls.post(credits, "{'amount':151,'action':'decrease','idempotency_key':'b'}");
        assertThat(less.at("/amount/amount_formatted").stringValue()).isEqualTo("-1.51");
        assertThat(calls.get(credits).at("/balance/amount").longValue()).isEqualTo(399);
        assertThat(calls.error("POST", credits, grant.replace("550", "551"))).isEqualTo("409 conflict");
        assertThat(calls.error("POST", credits, "{'amount':400,'action':'decrease','idempotency_key':'c'}"))
                .isEqualTo("422 form_param_value_invalid amount");
        assertThat(calls.get(credits).at("/balance/amount").longValue()).isEqualTo(399);
        assertThat(simulated.events.types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /billing/prices | {'amount':100} | 422 form_param_missing plan_id",
                "POST | /billing/prices | {'plan_id':'PLAN'} | 422 form_param_missing amount",
                "POST | /billing/prices | {'plan_id':'PLAN','amount':null} | 422 form_param_missing amount",
                "POST | /billing/prices | {'plan_id':'PLAN','amount':99} | 422 form_param_value_invalid amount",
                "POST | /billing/prices | {'plan_id':'cplan_none','amount':100} | 404 resource_not_found",
                "GET | /billing/statements/stmt_none | '' | 404 resource_not_found",
                "GET | /billing/statements/stmt_none/payment_attempts | '' | 404 resource_not_found",
                "GET | /users/user_none/billing/credits | '' | 404 resource_not_found",
                "POST | /users/USER/billing/credits | {'amount':1,'action':'increase'} | 422 form_param_missing idempotency_key",
                "POST | /users/USER/billing/credits | {'action':'increase','idempotency_key':'a'} | 422 form_param_missing amount",
                "POST | /users/USER/billing/credits | {'amount':0,'action':'increase','idempotency_key':'a'}"
                        + " | 422 form_param_value_invalid amount",
            })
    void reportsTheError(String method, String target, String body, String error) {
        assertThat(calls.error(method, filled(target), filled(body))).isEqualTo(error);
    }
}
