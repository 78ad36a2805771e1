package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BillingTest {
    private final Simulated simulated = new Simulated();
    private final Billing billing = simulated.instance.billing();

    @Test
    void replacesOnePlanWithAnother() {
        String user = simulated.user();
        ObjectNode subscription = billing.subscribe(user, "free_user");
        assertThat(simulated.events.types())
                .containsExactly(
                        "user.created",
                        "subscription.created",
                        "subscriptionItem.created",
                        "subscriptionItem.active",
                        "subscription.active");
        simulated.events.clear();
        ObjectNode after = billing.subscribe(user, "pro");
        assertThat(simulated.events.types())
                .containsExactly(
                        "subscriptionItem.ended",
                        "subscriptionItem.created",
                        "subscriptionItem.active",
                        "subscription.updated");
        assertThat(id(after)).isEqualTo(id(subscription));
        assertThat(after.path("subscription_items")).hasSize(1);
        assertThat(after.at("/subscription_items/0/plan/slug").stringValue()).isEqualTo("pro");
        assertThat(simulated.events.last("subscriptionItem.ended").at("/data/id"))
                .isEqualTo(subscription.at("/subscription_items/0/id"));
    }

    @Test
    void derivesSubscriptionStatusFromItems() {
        String user = simulated.user();
        String item = id(billing.subscribe(user, "pro").at("/subscription_items/0"));
        simulated.events.clear();
        billing.move(item, ItemStatus.PAST_DUE);
        billing.move(item, ItemStatus.PAST_DUE);
        billing.move(item, ItemStatus.ACTIVE);
        billing.move(item, ItemStatus.CANCELED);
        ObjectNode ended = billing.move(item, ItemStatus.ENDED);
        assertThat(simulated.events.types())
                .containsExactly(
                        "subscriptionItem.pastDue",
                        "subscription.pastDue",
                        "subscriptionItem.active",
                        "subscription.active",
                        "subscriptionItem.canceled",
                        "subscription.updated",
                        "subscriptionItem.ended",
                        "subscription.updated");
        assertThat(ended.path("canceled_at").isNumber()).isTrue();
        assertThat(billing.get(user).path("status").stringValue()).isEqualTo("ended");
    }

    @Test
    void showsOtherKindOfPayerAsEmptyInEventsAndNullInApi() {
        String organization = simulated.organization(simulated.user());
        ObjectNode subscription = billing.subscribe(organization, "team");
        JsonNode payerInEvent = simulated.events.last().at("/data/payer");
        assertThat(payerInEvent.path("organization_id").stringValue()).isEqualTo(organization);
        assertThat(payerInEvent.path("user_id").stringValue()).isEmpty();
        JsonNode answered = subscription.at("/subscription_items/0/payer");
        assertThat(answered.path("organization_id").stringValue()).isEqualTo(organization);
        assertThat(answered.path("user_id").isNull()).isTrue();
        JsonNode nested = simulated.events.last().at("/data/items/0");
        assertThat(nested.path("object").stringValue()).isEqualTo("commerce_subscription_item");
        assertThat(nested.path("subscription_id").isNull()).isTrue();
        JsonNode alone = simulated.events.last("subscriptionItem.active").path("data");
        assertThat(alone.path("object").stringValue()).isEqualTo("subscription_item");
        assertThat(alone.path("subscription_id")).isEqualTo(subscription.path("id"));
    }

    @Test
    void chargesThePricesOfThePlans() {
        String user = simulated.user();
        billing.subscribe(user, "pro");
        ObjectNode attempt = simulated.instance.billing().charge(user);
        assertThat(attempt.at("/totals/grand_total/amount").longValue()).isEqualTo(2000);
        assertThat(attempt.at("/payer/user_id").stringValue()).isEqualTo(user);
        assertThat(simulated
                        .instance
                        .billing()
                        .settle(id(attempt), false)
                        .path("failed_at")
                        .isNumber())
                .isTrue();
        assertThat(simulated.events.types()).endsWith("paymentAttempt.created", "paymentAttempt.updated");
    }

    @Test
    void changesNothingForUnknownPlan() {
        String user = simulated.user();
        billing.subscribe(user, "pro");
        simulated.events.clear();
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> billing.subscribe(user, "gold"))
                .matches(refused -> refused.status() == 404);
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.billing().charge(simulated.user()))
                .matches(refused -> refused.status() == 404);
        assertThat(simulated.events.types()).containsExactly("user.created");
        assertThat(billing.get(user).path("subscription_items")).hasSize(1);
    }
}
