package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;

import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * An instance with at least two entities of each kind, which differ in every property that a filter uses. All new
 * worlds are identical, including their ids.
 */
final class World {
    final Simulated simulated = new Simulated();
    final Calls calls = Calls.of(simulated);
    private final Map<String, String> names = new TreeMap<>();

    World() {
        addUsers();
        addOrganizations();
        addRoles();
        addInvitations();
        addWaitlist();
        simulated.instance.billing().subscribe(id("ADA"), "pro");
        simulated.instance.billing().subscribe(id("BOB"), "free_user");
        simulated.instance.billing().subscribe(id("BIRCH"), "team");
        names.put(
                "ITEM",
                Calls.texts(calls.get("/billing/subscription_items"), "id").get(0));
        names.put(
                "PLAN",
                Calls.texts(calls.get("/billing/subscription_items"), "plan_id").get(0));
        addPayments();
        addVerification();
        addRoleSet();
        simulated.events.clear();
    }

    private void addPayments() {
        names.put("OTHERPLAN", Simulated.id(calls.get("/billing/plans").at("/data/1")));
        simulated.instance.billing().charge(id("ADA"));
        String failed = Simulated.id(simulated.instance.billing().charge(id("BIRCH")));
        simulated.instance.billing().settle(failed, false);
        simulated.instance.billing().charge(id("BIRCH"));
        name("STATEMENT", Simulated.id(calls.get("/billing/statements").at("/data/0")));
    }

    private void addVerification() {
        name("VERIFICATION", Simulated.id(calls.post("/email_addresses/" + id("MAIL") + "/prepare_verification", "")));
        name("SENTCODE", Simulated.id(calls.post("/phone_numbers/" + id("PHONE") + "/prepare_verification", "")));
    }

    private void addRoleSet() {
        calls.post(
                "/role_sets",
                "{'name':'Kitchen','roles':['org:admin','org:cook'],'default_role_key':'org:cook',"
                        + "'creator_role_key':'org:admin'}");
    }

    private String name(String name, String id) {
        names.put(name, id);
        return id;
    }

    /** The id of an entity. */
    String id(String name) {
        return names.get(name);
    }

    /** Replaces the names of entities with their ids. */
    String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        return filled;
    }

    private String user(String name, String params) {
        return name(name, Simulated.id(calls.post("/users", "{" + params + "}")));
    }

    private void addUsers() {
        String ada = user(
                "ADA",
                "'email_address':['ada@example.com','ada@second.example'],'username':'ada','external_id':'crm-a',"
                        + "'phone_number':['+12025550101','+12025550111'],'first_name':'Ada','last_name':'Lovelace',"
                        + "'web3_wallet':['0x" + "ada".repeat(13) + "1','0x" + "ada".repeat(13) + "2']");
        var shown = calls.get("/users/" + ada);
        name("ADDRESS2", Simulated.id(shown.at("/email_addresses/1")));
        name("PHONE2", Simulated.id(shown.at("/phone_numbers/1")));
        name("WALLET2", Simulated.id(shown.at("/web3_wallets/1")));
        name("SESSION", Simulated.id(calls.post("/sessions", "{'user_id':'" + ada + "'}")));
        name("CLIENT", calls.get("/sessions/" + id("SESSION")).path("client_id").stringValue());
        calls.post("/sessions", "{'user_id':'" + ada + "'}");
        simulated.clock.move(Duration.ofHours(1));
        name("BETWEEN", Long.toString(simulated.clock.millis()));
        simulated.clock.move(Duration.ofHours(1));
        String bob = user(
                "BOB", "'email_address':['bob@example.com'],'username':'bob','external_id':'crm-b','first_name':'Bob'");
        simulated.instance.externalAccounts().link(bob, LinkedAccount.GOOGLE);
        simulated.instance.externalAccounts().link(bob, LinkedAccount.GITHUB);
        shown = calls.get("/users/" + bob);
        name("ADDRESS", Simulated.id(shown.at("/email_addresses/0")));
        name("GOOGLE", shown.at("/external_accounts/0/provider_user_id").stringValue());
        calls.post("/sessions", "{'user_id':'" + bob + "'}");
        user("EVE", "'username':'eve','banned':true");
        user("JOE", "'username':'joe','locked':true");
        String only = user("ONLY", "'phone_number':['+12025550102']");
        name("LONELY", Simulated.id(calls.get("/users/" + only).at("/phone_numbers/0")));
        name(
                "PHONE",
                Simulated.id(calls.post("/phone_numbers", "{'user_id':'" + ada + "','phone_number':'+12025550103'}")));
        name(
                "MAIL",
                Simulated.id(
                        calls.post("/email_addresses", "{'user_id':'" + ada + "','email_address':'a@b.example'}")));
    }

    private void addOrganizations() {
        String owner = "'created_by':'" + id("ADA") + "'}";
        String birch =
                name("BIRCH", Simulated.id(calls.post("/organizations", "{'name':'Birch','slug':'birch'," + owner)));
        String cobalt = name(
                "COBALT",
                Simulated.id(calls.post("/organizations", "{'name':'Cobalt','max_allowed_memberships':1," + owner)));
        calls.post("/organizations/" + birch + "/memberships", "{'user_id':'" + id("BOB") + "','role':'org:member'}");
        name("DOMAIN", Simulated.id(calls.post("/organizations/" + birch + "/domains", "{'name':'birch.example'}")));
        calls.post(
                "/organizations/" + birch + "/domains",
                "{'name':'wood.example','verified':false,'enrollment_mode':'automatic_suggestion'}");
        calls.post("/organizations/" + cobalt + "/domains", "{'name':'cobalt.example'}");
    }

    private void addRoles() {
        name("SYSTEM", first("/organization_permissions?order_by=key"));
        name("MANAGE", first("/organization_permissions?query=sys_memberships:manage"));
        name("CUSTOM", Simulated.id(calls.post("/organization_permissions", "{'name':'Cook','key':'org:food:cook'}")));
        name("ADMIN", first("/organization_roles?query=org:admin"));
        name("MEMBER", first("/organization_roles?query=org:member"));
        name(
                "COOK",
                Simulated.id(calls.post(
                        "/organization_roles",
                        "{'name':'Cook','key':'org:cook','permissions':['" + id("SYSTEM") + "']}")));
        name("WAITER", Simulated.id(calls.post("/organization_roles", "{'name':'Waiter','key':'org:waiter'}")));
        Calls.ok(calls.call(
                "PATCH", "/organizations/" + id("BIRCH") + "/memberships/" + id("BOB"), "{'role':'org:cook'}"));
    }

    private String first(String list) {
        return Simulated.id(calls.get(list).at("/data/0"));
    }

    private void addInvitations() {
        String path = "/organizations/" + id("BIRCH") + "/invitations";
        name("PENDING", Simulated.id(calls.post(path, "{'email_address':'guest@example.com','role':'org:waiter'}")));
        calls.post(path, "{'email_address':'visitor@example.com','role':'org:member'}");
        name("GONE", Simulated.id(calls.post(path, "{'email_address':'gone@example.com','role':'org:member'}")));
        calls.post(path + "/" + id("GONE") + "/revoke", "");
        user("GUEST", "'email_address':['guest@example.com','visitor@example.com','gone@example.com']");
    }

    private void addWaitlist() {
        name("WANTED", Simulated.id(calls.post("/invitations", "{'email_address':'wanted@example.com'}")));
        name("WAITING", Simulated.id(calls.post("/waitlist_entries", "{'email_address':'bob@example.com'}")));
        for (String name : new String[] {"INVITED", "ASKED"}) {
            name(name, Simulated.id(calls.post("/waitlist_entries", "{'email_address':'" + name + "@example.com'}")));
            calls.post("/waitlist_entries/" + id(name) + "/invite", "");
        }
    }
}
