package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.http.ApiJson;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UsersTest {
    private final Simulated simulated = new Simulated();
    private final Users users = simulated.instance.users();

    private ObjectNode ada() {
        return users.create(
                params(
                        "{'email_address':['ada@example.com'],'first_name':'Ada','external_id':'crm-1','public_metadata':{'a':1}}"));
    }

    @Test
    void createsUserAndEmitsEvent() {
        ObjectNode user = ada();
        assertThat(user.path("first_name").stringValue()).isEqualTo("Ada");
        assertThat(user.path("last_name").isNull()).isTrue();
        assertThat(user.path("primary_email_address_id")).isEqualTo(user.at("/email_addresses/0/id"));
        assertThat(user.at("/email_addresses/0/verification/strategy").stringValue())
                .isEqualTo("admin");
        assertThat(user.path("password_enabled").booleanValue()).isFalse();
        JsonNode event = simulated.events.last();
        assertThat(event.path("data")).isEqualTo(user);
        assertThat(simulated.events.types()).containsExactly("user.created");
    }

    @Test
    void returnsCopies() {
        ObjectNode user = ada();
        user.put("first_name", "Eve");
        assertThat(users.get(id(user)).path("first_name").stringValue()).isEqualTo("Ada");
    }

    @Test
    void givesEachChangeALaterTimeEvenWithinOneMillisecond() {
        String id = id(ada());
        long first = users.get(id).path("updated_at").longValue();
        users.update(id, params("{'first_name':'A'}"));
        users.update(id, params("{'first_name':'B'}"));
        JsonNode event = simulated.events.last();
        assertThat(event.at("/data/updated_at").longValue()).isEqualTo(first + 2);
        assertThat(event.path("timestamp").longValue()).isEqualTo(first + 2);
        simulated.clock.move(Duration.ofHours(-1));
        users.update(id, params("{'first_name':'C'}"));
        assertThat(users.get(id).path("updated_at").longValue()).isEqualTo(first + 3);
        users.delete(id);
        assertThat(simulated.events.last().path("timestamp").longValue()).isEqualTo(first + 4);
    }

    @Test
    void emitsNoEventIfNothingChanges() {
        String id = id(ada());
        simulated.clock.move(Duration.ofSeconds(1));
        users.update(id, params("{'first_name':'Ada'}"));
        users.unban(id);
        assertThat(simulated.events.types()).containsExactly("user.created");
        String organization = id(simulated.instance.organizations().create(params("{'name':'Birch'}")));
        simulated.events.clear();
        simulated.instance.organizations().update(organization, params("{'max_allowed_memberships':5}"));
        assertThat(simulated.events.types()).isEmpty();
    }

    @Test
    void mergesAndReplacesMetadata() {
        String id = id(ada());
        users.mergeMetadata(id, params("{'public_metadata':{'b':{'c':1,'d':2}}}"));
        ObjectNode merged = users.mergeMetadata(id, params("{'public_metadata':{'a':null,'b':{'c':3}}}"));
        assertThat(merged.path("public_metadata")).isEqualTo(params("{'b':{'c':3,'d':2}}"));
        ObjectNode replaced = users.replaceMetadata(id, params("{'public_metadata':{'e':4}}"));
        assertThat(replaced.path("public_metadata")).isEqualTo(params("{'e':4}"));
        assertThat(simulated.events.last().at("/data/public_metadata")).isEqualTo(params("{'e':4}"));
    }

    @Test
    void updatesTimesOnSignInWithoutUserEvent() {
        String id = id(ada());
        long updated = users.get(id).path("updated_at").longValue();
        simulated.clock.move(Duration.ofMinutes(1));
        simulated.instance.sessions().signIn(id);
        assertThat(simulated.events.types()).containsExactly("user.created", "session.created");
        JsonNode user = simulated.events.last().at("/data/user");
        assertThat(user.path("last_sign_in_at").longValue()).isEqualTo(simulated.clock.millis());
        assertThat(user.path("updated_at").longValue()).isEqualTo(updated);
        simulated.clock.move(Duration.ofMinutes(1));
        users.touch(id);
        assertThat(users.get(id).path("last_active_at").longValue()).isEqualTo(simulated.clock.millis());
        assertThat(simulated.events.types()).hasSize(2);
    }

    @Test
    void revokesSessionsOfBannedUser() {
        String id = id(ada());
        String session = id(simulated.instance.sessions().signIn(id));
        simulated.events.clear();
        assertThat(users.ban(id).path("banned").booleanValue()).isTrue();
        assertThat(simulated.events.types()).containsExactly("user.updated", "session.revoked");
        assertThat(simulated.instance.sessions().get(session).path("status").stringValue())
                .isEqualTo("revoked");
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.sessions().signIn(id))
                .matches(refused -> refused.status() == 403);
        users.unban(id);
        simulated.instance.sessions().signIn(id);
    }

    @Test
    void includesExternalIdInTombstoneOnlyIfTheUserHadOne() {
        String named = id(ada());
        String unnamed = simulated.user();
        users.delete(named);
        assertThat(simulated.events.last().path("data"))
                .isEqualTo(ApiJson.object()
                        .put("deleted", true)
                        .put("external_id", "crm-1")
                        .put("id", named)
                        .put("object", "user"));
        users.delete(unnamed);
        assertThat(simulated.events.last().at("/data").propertyNames()).containsExactly("deleted", "id", "object");
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> users.get(named))
                .matches(refused -> refused.status() == 404);
    }

    @Test
    void reservesIdentifierUntilItsUserIsDeleted() {
        String id = id(ada());
        for (String taken :
                new String[] {"{'email_address':['ADA@example.com']}", "{'username':'x','external_id':'crm-1'}"}) {
            assertThatExceptionOfType(ClerkRefusedException.class)
                    .isThrownBy(() -> users.create(params(taken)))
                    .matches(refused -> refused.clerkCode().equals("form_identifier_exists"));
        }
        users.delete(id);
        assertThat(id(ada())).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'username':''}", "{'username':null}"})
    void removesAUsername(String change) {
        String id = id(ada());
        assertThat(users.update(id, params("{'username':'ada'}"))
                        .path("username")
                        .isString())
                .isTrue();
        assertThat(users.update(id, params(change)).path("username").isNull()).isTrue();
    }

    @Test
    void tellsTheFormerAddressOfANewPrimaryOne() {
        String id = id(ada());
        JsonNode former = users.get(id).at("/email_addresses/0");
        ObjectNode added = params("{'email_address':'b@example.com','verified':true,'primary':true}")
                .put("user_id", id);
        simulated.instance.emailAddresses().create(added.put("notify_primary_email_address_changed", true));
        assertThat(simulated.events.types()).containsExactly("user.created", "user.updated", "email.created");
        JsonNode email = simulated.events.last().path("data");
        assertThat(email.path("to_email_address")).isEqualTo(former.path("email_address"));
        assertThat(email.path("email_address_id")).isEqualTo(former.path("id"));
        assertThat(email.path("body_plain").stringValue()).contains("b@example.com");
    }

    @Test
    void listsNewAddressFirstButMakesItPrimaryOnlyOnRequest() {
        String id = id(ada());
        ObjectNode address = simulated
                .instance
                .emailAddresses()
                .create(params("{'email_address':'b@example.com','verified':true}")
                        .put("user_id", id));
        assertThat(users.get(id).at("/email_addresses/0/id")).isEqualTo(address.path("id"));
        assertThat(users.get(id).path("primary_email_address_id")).isNotEqualTo(address.path("id"));
        simulated.instance.emailAddresses().update(id(address), params("{'primary':true}"));
        assertThat(users.get(id).path("primary_email_address_id")).isEqualTo(address.path("id"));
        simulated.clock.move(Duration.ofSeconds(1));
        simulated.instance.emailAddresses().update(id(address), params("{'primary':true,'verified':true}"));
        simulated.instance.emailAddresses().delete(id(address));
        assertThat(users.get(id).path("email_addresses")).hasSize(1);
        assertThat(simulated.events.types())
                .containsExactly("user.created", "user.updated", "user.updated", "user.updated");
    }

    @Test
    void showsGoogleAccountDifferentlyInEventsAndApi() {
        String id = id(ada());
        ObjectNode user = simulated.instance.externalAccounts().link(id, LinkedAccount.GOOGLE);
        JsonNode accountInEvent = simulated.events.last().at("/data/external_accounts/0");
        JsonNode answered = user.at("/external_accounts/0");
        assertThat(accountInEvent.path("object").stringValue()).isEqualTo("google_account");
        assertThat(accountInEvent.path("id").stringValue()).startsWith("idn_");
        assertThat(accountInEvent.has("google_id")).isTrue();
        assertThat(answered.path("object").stringValue()).isEqualTo("external_account");
        assertThat(answered.path("id")).isEqualTo(accountInEvent.path("external_account_id"));
        assertThat(answered.path("identification_id")).isEqualTo(accountInEvent.path("id"));
        assertThat(answered.has("google_id")).isFalse();
        ObjectNode without = simulated.instance.externalAccounts().unlink(id, id(answered));
        assertThat(without.path("external_accounts")).isEmpty();
        assertThat(without.at("/email_addresses/0/linked_to")).isEmpty();
    }

    @Test
    void storesWalletsAndPasskeys() {
        String id = id(ada());
        simulated
                .instance
                .web3Wallets()
                .create(params("{'web3_wallet':'0x0123456789abcdef0123456789abcdef01234567','verified':true}")
                        .put("user_id", id));
        ObjectNode user = users.addPasskey(id, "laptop");
        assertThat(user.at("/web3_wallets/0/web3_wallet").stringValue())
                .isEqualTo("0x0123456789abcdef0123456789abcdef01234567");
        assertThat(user.at("/passkeys/0/name").stringValue()).isEqualTo("laptop");
        assertThat(users.deprovision(id).path("deprovisioned").booleanValue()).isTrue();
        assertThat(users.lock(id).path("lockout_expires_in_seconds").longValue())
                .isEqualTo(3600);
    }
}
