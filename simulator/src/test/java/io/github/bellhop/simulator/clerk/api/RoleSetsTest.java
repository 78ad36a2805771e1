package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RoleSetsTest {
    private static final String KITCHEN = "{'name':'Kitchen & Bar','roles':['org:admin','org:cook'],"
            + "'default_role_key':'org:cook','creator_role_key':'org:admin'}";

    private final Simulated simulated = new Simulated();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock));
    private String organization = "";
    private String member = "";

    @BeforeEach
    void createMember() {
        calls.post("/organization_roles", "{'name':'Cook','key':'org:cook'}");
        organization = simulated.organization(simulated.user());
        member = simulated.user();
        calls.post(
                "/organizations/" + organization + "/memberships", "{'user_id':'" + member + "','role':'org:member'}");
        simulated.events.clear();
    }

    private String role(String user) {
        return calls.get("/organizations/" + organization + "/memberships?user_id=" + user)
                .at("/data/0/role")
                .stringValue();
    }

    @Test
    void startsWithTheDefaultRoles() {
        JsonNode set = calls.get("/role_sets/role_set:default");
        assertThat(set.path("type").stringValue()).isEqualTo("initial");
        assertThat(set.path("roles"))
                .extracting(role -> role.path("key").stringValue())
                .containsExactly("org:admin", "org:member");
        assertThat(set.at("/roles/1/members_count").longValue()).isEqualTo(1);
        assertThat(set.at("/creator_role/key").stringValue()).isEqualTo("org:admin");
        assertThat(calls.get("/role_sets/" + id(set))).isEqualTo(set);
    }

    @Test
    void createsAndChangesASet() {
        JsonNode set = calls.post("/role_sets", KITCHEN);
        assertThat(set.path("key").stringValue()).isEqualTo("role_set:kitchen_bar");
        assertThat(set.path("type").stringValue()).isEqualTo("custom");
        assertThat(calls.get("/role_sets?query=kitchen").path("total_count").longValue())
                .isEqualTo(1);
        JsonNode changed = Calls.ok(calls.call(
                "PATCH", "/role_sets/" + id(set), "{'type':'initial','name':'Bar','default_role_key':'org:admin'}"));
        assertThat(changed.path("name").stringValue()).isEqualTo("Bar");
        assertThat(changed.at("/default_role/key").stringValue()).isEqualTo("org:admin");
        assertThat(calls.get("/role_sets/role_set:default").path("type").stringValue())
                .as("only one is initial")
                .isEqualTo("custom");
        assertThat(calls.get("/role_sets?order_by=name").at("/data/0/name").stringValue())
                .isEqualTo("Bar");
        assertThat(simulated.events.types()).isEmpty();
    }

    @Test
    void tellsTheNewKeyToItsOrganizations() {
        Calls.ok(calls.call("PATCH", "/role_sets/role_set:default", "{'key':'role_set:usual'}"));
        assertThat(simulated.events.types()).containsExactly("organization.updated");
        assertThat(calls.get("/organizations/" + organization)
                        .path("role_set_key")
                        .stringValue())
                .isEqualTo("role_set:usual");
    }

    @Test
    void addsRolesAndReplacesOne() {
        JsonNode more = calls.post(
                "/role_sets/role_set:default/roles", "{'role_keys':['org:cook'],'default_role_key':'org:cook'}");
        assertThat(more.path("roles")).hasSize(3);
        assertThat(more.at("/default_role/key").stringValue()).isEqualTo("org:cook");
        JsonNode less = calls.post(
                "/role_sets/role_set:default/roles/replace", "{'role_key':'org:member','to_role_key':'org:cook'}");
        assertThat(less.path("roles")).hasSize(2);
        assertThat(role(member)).isEqualTo("org:cook");
        assertThat(simulated.events.types()).containsExactly("organizationMembership.updated");
    }

    @Test
    void replacesASetInItsOrganizations() {
        calls.post("/role_sets", KITCHEN);
        String replace = "/role_sets/role_set:default/replace";
        String to = "{'dest_role_set_key':'role_set:kitchen_bar'";
        assertThat(calls.error("POST", replace, to + "}")).isEqualTo("422 form_param_missing reassignment_mappings");
        assertThat(calls.error("POST", replace, to + ",'reassignment_mappings':{'org:member':'org:member'}}"))
                .isEqualTo("404 resource_not_found");
        assertThat(simulated.events.types()).isEmpty();
        JsonNode gone = calls.post(replace, to + ",'reassignment_mappings':{'org:member':'org:cook'}}");
        assertThat(gone.path("object").stringValue()).isEqualTo("role_set");
        assertThat(gone.path("deleted").booleanValue()).isTrue();
        assertThat(role(member)).isEqualTo("org:cook");
        assertThat(calls.get("/organizations/" + organization)
                        .path("role_set_key")
                        .stringValue())
                .isEqualTo("role_set:kitchen_bar");
        assertThat(simulated.events.types()).containsExactly("organizationMembership.updated", "organization.updated");
        assertThat(calls.error("GET", "/role_sets/role_set:default", "")).isEqualTo("404 resource_not_found");
    }

    @Test
    void verifiesTheOwnershipOfADomainOnce() {
        String domains = "/organizations/" + organization + "/domains";
        String domain = domains + "/" + id(calls.post(domains, "{'name':'birch.example.com'}"));
        simulated.events.clear();
        JsonNode verified = calls.post(domain + "/verify_ownership", "");
        assertThat(verified.at("/ownership_verification/strategy").stringValue())
                .isEqualTo("manual_override");
        assertThat(calls.post(domain + "/verify_ownership", "")).isEqualTo(verified);
        assertThat(simulated.events.types()).containsExactly("organizationDomain.updated");
        assertThat(calls.error("POST", domains + "/orgdmn_none/verify_ownership", ""))
                .isEqualTo("404 resource_not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /role_sets | {} | 422 form_param_missing name",
                "POST | /role_sets | {'name':'K','default_role_key':'org:admin','creator_role_key':'org:admin'}"
                        + " | 422 form_param_missing roles",
                "POST | /role_sets | {'name':'K','default_role_key':'org:cook','creator_role_key':'org:admin','roles':['org:admin']}"
                        + " | 422 form_param_value_invalid default_role_key",
                "POST | /role_sets | {'name':'K','key':'role_set:default','default_role_key':'org:admin',"
                        + "'creator_role_key':'org:admin','roles':['org:admin']} | 422 form_identifier_exists key",
                "PATCH | /role_sets/role_set:default | {'key':'Default'} | 422 form_param_format_invalid key",
                "PATCH | /role_sets/role_set:none | {'name':'x'} | 404 resource_not_found",
                "POST | /role_sets/role_set:default/roles | {'role_keys':['org:none']} | 404 resource_not_found role",
                "POST | /role_sets/role_set:default/roles | {} | 422 form_param_missing role_keys",
                "POST | /role_sets/role_set:default/roles/replace | {'role_key':'org:cook','to_role_key':'org:admin'}"
                        + " | 404 resource_not_found",
                "POST | /role_sets/role_set:default/replace | {'dest_role_set_key':'role_set:default'}"
                        + " | 422 form_param_value_invalid dest_role_set_key",
            })
    void reportsTheError(String method, String target, String body, String error) {
        assertThat(calls.error(method, target, body)).isEqualTo(error);
        assertThat(simulated.events.types()).isEmpty();
        assertThat(calls.get("/role_sets").path("total_count").longValue()).isEqualTo(1);
    }
}
