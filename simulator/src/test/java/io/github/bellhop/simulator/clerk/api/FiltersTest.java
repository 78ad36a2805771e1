package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each filter in these tests matches Ada but not Bob. */
@SameOnEveryJdk
class FiltersTest {
    private final Simulated simulated = new Simulated();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock));
    private String ada = "";
    private String bob = "";
    private String birch = "";
    private String cobalt = "";
    private long between;

    @BeforeEach
    void createTwoOfEachKind() {
        ada = id(calls.post(
                "/users",
                "{'email_address':['ada@example.com'],'phone_number':['+12025550101'],'web3_wallet':['0xadaadaadaadaadaadaadaadaadaadaadaadaada1'],"
                        + "'username':'ada','external_id':'crm-a','first_name':'Ada','last_name':'Lovelace'}"));
        birch = id(calls.post("/organizations", "{'name':'Birch','created_by':'" + ada + "'}"));
        calls.post("/sessions", "{'user_id':'" + ada + "'}");
        simulated.clock.move(Duration.ofHours(1));
        between = simulated.clock.millis();
        simulated.clock.move(Duration.ofHours(1));
        bob = id(calls.post(
                "/users",
                "{'email_address':['bob@example.com'],'phone_number':['+12025550102'],'web3_wallet':['0xb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0b1'],"
                        + "'username':'bob','external_id':'crm-b','first_name':'Bob','last_name':'Kahn'}"));
        cobalt = id(calls.post("/organizations", "{'name':'Cobalt','created_by':'" + bob + "'}"));
        calls.post("/sessions", "{'user_id':'" + bob + "'}");
        calls.call("POST", "/users/" + bob + "/ban", "");
    }

    private String filled(String query) {
        return query.replace("ADA", ada)
                .replace("BOB", bob)
                .replace("BIRCH", birch)
                .replace("COBALT", cobalt)
                .replace("TIME", Long.toString(between));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id=ADA",
                "user_id=+ADA",
                "user_id= ADA",
                "user_id=-BOB",
                "user_id[]=ADA",
                "email_address=ADA@example.com",
                "phone_number=+12025550101",
                "web3_wallet=0xadaadaadaadaadaadaadaadaadaadaadaadaada1",
                "username=ada",
                "external_id=crm-a",
                "external_id=-crm-b",
                "organization_id=BIRCH",
                "organization_id=-COBALT",
                "query=lovelace",
                "query=0101",
                "email_address_query=ada@",
                "phone_number_query=0101",
                "username_query=AD",
                "name_query=da l",
                "banned=false",
                "created_at_before=TIME",
                "last_active_at_before=TIME",
                "last_sign_in_at_before=TIME"
            })
    void filtersUsers(String query) {
        assertThat(Calls.texts(calls.get("/users?" + filled(query.replace("ADA@", "Ada@"))), "id"))
                .containsExactly(ada);
        assertThat(calls.get("/users/count?" + filled(query.replace("ADA@", "Ada@")))
                        .path("total_count")
                        .longValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created_at_after=TIME",
                "last_active_at_after=TIME",
                "last_active_at_since=TIME",
                "last_sign_in_at_after=TIME",
                "banned=true"
            })
    void filtersUsersInTheOppositeDirection(String query) {
        assertThat(Calls.texts(calls.get("/users?" + filled(query)), "id")).containsExactly(bob);
    }

    @Test
    void excludesUsersWithoutATimeFromTimeFilters() {
        String never = id(calls.post("/users", "{'username':'never'}"));
        for (String query : new String[] {"last_active_at_before=TIME", "last_active_at_after=TIME"}) {
            assertThat(Calls.texts(calls.get("/users?" + filled(query)), "id")).doesNotContain(never);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"organization_id=BIRCH", "organization_id=-COBALT", "user_id=ADA", "user_id=-BOB", "query=birc"})
    void filtersOrganizations(String query) {
        assertThat(Calls.texts(calls.get("/organizations?" + filled(query)), "id"))
                .containsExactly(birch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id=ADA",
                "role=org:admin",
                "query=lovelace",
                "email_address=ada@example.com",
                "created_at_before=TIME",
                "last_active_at_before=TIME"
            })
    void filtersMembers(String query) {
        calls.post("/organizations/" + birch + "/memberships", "{'user_id':'" + bob + "','role':'org:member'}");
        assertThat(calls.get("/organizations/" + birch + "/memberships")
                        .path("total_count")
                        .longValue())
                .isEqualTo(2);
        assertThat(calls.get("/organizations/" + birch + "/memberships?" + filled(query))
                        .at("/data"))
                .singleElement()
                .matches(membership ->
                        membership.at("/public_user_data/user_id").stringValue().equals(ada));
    }

    @Test
    void filtersInvitations() {
        String path = "/organizations/" + birch + "/invitations";
        String kept = id(calls.post(path, "{'email_address':'a@example.com','role':'org:member'}"));
        String revoked = id(calls.post(path, "{'email_address':'b@example.com','role':'org:member'}"));
        calls.call("POST", path + "/" + revoked + "/revoke", "");
        calls.post(
                "/organizations/" + cobalt + "/invitations", "{'email_address':'c@example.com','role':'org:member'}");
        assertThat(Calls.texts(calls.get(path + "?status=pending"), "id")).containsExactly(kept);
        assertThat(Calls.texts(calls.get("/organization_invitations?status=revoked"), "id"))
                .containsExactly(revoked);
        assertThat(Calls.texts(calls.get("/organization_invitations?order_by=email_address"), "email_address"))
                .containsExactly("a@example.com", "b@example.com", "c@example.com");
    }

    @Test
    void filtersDomains() {
        calls.post("/organizations/" + birch + "/domains", "{'name':'a.example.com','verified':true}");
        calls.post(
                "/organizations/" + cobalt + "/domains",
                "{'name':'b.example.com','enrollment_mode':'automatic_invitation','verified':false}");
        assertThat(Calls.texts(calls.get("/organization_domains?verified=true"), "name"))
                .containsExactly("a.example.com");
        assertThat(Calls.texts(calls.get("/organization_domains?organization_id=" + cobalt), "name"))
                .containsExactly("b.example.com");
        for (String query : new String[] {
            "enrollment_mode=automatic_invitation",
            "enrollment_mode=-manual_invitation",
            "enrollment_mode=automatic_invitation,automatic_suggestion",
            "enrollment_mode=automatic_invitation,-automatic_suggestion",
            "domains=b.example.com&domains=c.example.com",
            "query=B.EXAMPLE",
            "query=" + cobalt
        }) {
            assertThat(Calls.texts(calls.get("/organization_domains?" + query), "name"))
                    .as(query)
                    .containsExactly("b.example.com");
        }
        assertThat(Calls.texts(calls.get("/organization_domains?query=" + cobalt.substring(0, 9)), "name"))
                .as("part of an id")
                .isEmpty();
    }

    @Test
    void filtersUsersByLinkedAccount() {
        String account = simulated
                .instance
                .externalAccounts()
                .link(ada, LinkedAccount.GITHUB)
                .at("/external_accounts/0/provider_user_id")
                .stringValue();
        simulated.instance.externalAccounts().link(bob, LinkedAccount.GITHUB);
        String query = "?provider=oauth_github&provider_user_id=" + account;
        assertThat(Calls.texts(calls.get("/users" + query), "id")).containsExactly(ada);
        assertThat(calls.get("/users/count" + query).path("total_count").longValue())
                .isEqualTo(1);
        assertThat(calls.get("/users" + query.replace("github", "google"))).isEmpty();
    }

    @Test
    void findsOrganizationOnlyByItsWholeId() {
        assertThat(Calls.texts(calls.get("/organizations?query=" + birch), "id"))
                .containsExactly(birch);
        assertThat(calls.get("/organizations?query=" + birch.substring(0, 9)).path("data"))
                .isEmpty();
    }

    @Test
    void tellsOfAnOrganizationWithoutAdministrator() {
        String key = "missing_member_with_elevated_permissions";
        String query = "?include_" + key + "=true";
        assertThat(calls.get("/organizations/" + birch).has(key)).isFalse();
        assertThat(calls.get("/organizations/" + birch + query).path(key).booleanValue())
                .isFalse();
        calls.call("DELETE", "/users/" + ada, "");
        assertThat(Calls.texts(calls.get("/organizations" + query + "&order_by=name"), key))
                .containsExactly("true", "false");
    }

    @Test
    void listsPendingInvitationsOnly() {
        String path = "/organizations/" + birch + "/invitations";
        String kept = id(calls.post(path, "{'email_address':'a@example.com','role':'org:member'}"));
        String revoked = id(calls.post(path, "{'email_address':'b@example.com','role':'org:member'}"));
        calls.call("POST", path + "/" + revoked + "/revoke", "");
        assertThat(Calls.texts(calls.get(path + "/pending"), "id")).containsExactly(kept);
    }

    @Test
    void findsRolesAndPermissionsByTheirWholeIdOnly() {
        for (String path : new String[] {"/organization_roles", "/organization_permissions"}) {
            String id = id(calls.get(path).at("/data/0"));
            assertThat(Calls.texts(calls.get(path + "?query=" + id), "id")).containsExactly(id);
            assertThat(calls.get(path + "?query=" + id.substring(0, 9)).path("data"))
                    .as("part of an id")
                    .isEmpty();
        }
    }

    @Test
    void filtersSessions() {
        assertThat(calls.get("/sessions?user_id=" + bob)).hasSize(1);
        assertThat(calls.get("/sessions?status=active&user_id=" + bob)).isEmpty();
        assertThat(calls.get("/sessions?status=revoked&user_id=" + bob)).hasSize(1);
        String client = calls.get("/sessions?user_id=" + ada).at("/0/client_id").stringValue();
        assertThat(Calls.texts(calls.get("/sessions?client_id=" + client), "user_id"))
                .containsExactly(ada);
        assertThat(calls.get("/sessions?user_id=" + bob + "&client_id=" + client))
                .isEmpty();
        assertThat(calls.error("GET", "/sessions", "")).isEqualTo("400 missing_query_parameter");
    }

    @Test
    void filtersSubscriptionItemsAndPlans() {
        simulated.instance.billing().subscribe(ada, "pro");
        simulated.instance.billing().subscribe(bob, "free_user");
        simulated.instance.billing().subscribe(birch, "team");
        assertThat(calls.get("/billing/subscription_items").path("total_count").longValue())
                .isEqualTo(2);
        assertThat(calls.get("/billing/subscription_items?include_free=true")
                        .path("total_count")
                        .longValue())
                .isEqualTo(3);
        assertThat(Calls.texts(calls.get("/billing/subscription_items?query=birch"), "payer_id"))
                .containsExactlyElementsOf(
                        Calls.texts(calls.get("/billing/subscription_items?payer_type=org"), "payer_id"));
        assertThat(calls.get("/billing/subscription_items?status=free_trial").path("data"))
                .isEmpty();
        assertThat(calls.get("/billing/subscription_items?payer_type=org").at("/data/0/payer/organization_id"))
                .isEqualTo(simulated.instance.organizations().get(birch).get("id"));
        assertThat(calls.get("/billing/subscription_items?payer_type=org")
                        .at("/data/0/payer/user_id")
                        .isNull())
                .isTrue();
        assertThat(Calls.texts(calls.get("/billing/plans?payer_type=user"), "slug"))
                .containsExactly("pro", "free_user");
    }
}
