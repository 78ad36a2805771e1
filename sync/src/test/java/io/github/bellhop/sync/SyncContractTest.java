package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The guarantees for storing and mirroring, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SyncContractTest {
    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    @BeforeEach
    void open() {
        bench = new SyncBench(kind);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static byte[] user(String type, String id, String name, long updatedAt) {
        return Json.of("""
                {'data':{'id':'%s','object':'user','first_name':'%s','created_at':1700000000000,'updated_at':%d,
                'primary_email_address_id':'idn_1','has_image':true,'username':null,
                'public_metadata':{'plan':'pro','n':1.10},'private_metadata':{'ssn':'1'},
                'email_addresses':[{'id':'idn_1','email_address':'%s@example.com','verification':{'status':'verified',
                'strategy':'email_code','attempts':1,'expire_at':1700000600000},'linked_to':[]}]},
                'instance_id':'ins_1','object':'event','timestamp':%d,'type':'%s'}""", id, name, updatedAt, name, updatedAt + 5, type);
    }

    private static byte[] deleted(String type, String id, long at) {
        return Json.of(
                "{'data':{'deleted':true,'id':'%s','object':'x'},'object':'event','timestamp':%d,'type':'%s'}",
                id, at, type);
    }

    private static byte[] membership(String type, String id, String org, String user, long at) {
        return Json.of("""
                {'data':{'id':'%s','object':'organization_membership','role':'org:member','permissions':['a'],
                'organization':{'id':'%s','object':'organization','name':'Acme','members_count':2,'updated_at':%d},
                'public_user_data':{'user_id':'%s','identifier':'a@example.com','first_name':'Ann'},
                'created_at':%d,'updated_at':%d},'object':'event','timestamp':%d,'type':'%s'}""", id, org, at, user, at, at, at + 3, type);
    }

    private static byte[] session(String type, String id, String user, String status, long at) {
        return Json.of("""
                {'data':{'id':'%s','object':'session','user_id':'%s','client_id':'client_1','status':'%s',
                'actor':null,'expire_at':%d,'updated_at':%d,'created_at':%d,
                'latest_activity':{'device_type':'desktop','is_mobile':false,'city':'Seoul'}},
                'event_attributes':{'http_request':{'client_ip':'192.0.2.7','user_agent':'Test/1'}},
                'object':'event','timestamp':%d,'type':'%s'}""", id, user, status, at + 1000, at, at, at + 2, type);
    }

    private Map<String, Object> row(String table, String id) {
        return Rows.one(bench.database(), "select * from " + table + " where id = ?", id);
    }

    private long count(String table) {
        return Rows.count(bench.database(), table);
    }

    @Test
    void mirrorsUserWithItsLists() {
        String message = bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));

        assertThat(bench.stateOf(message)).isEqualTo("mirrored");
        assertThat(row("clerk_users", "user_1"))
                .containsEntry("first_name", "ann")
                .containsEntry("username", null)
                .containsEntry("has_image", 1L)
                .containsEntry("primary_email", "ann@example.com")
                .containsEntry("primary_email_verified", 1L)
                .containsEntry("created_at", "2023-11-14T22:13:20.000Z")
                .containsEntry("private_metadata", null)
                .containsEntry("deleted_at", null);
        assertThat(row("clerk_users", "user_1")
                        .get("public_metadata")
                        .toString()
                        .replace(" ", ""))
                .isEqualTo("{\"plan\":\"pro\",\"n\":1.10}".replace("\"plan\":\"pro\",\"n\":1.10", order()));
        assertThat(row("clerk_user_email_addresses", "idn_1"))
                .containsEntry("user_id", "user_1")
                .containsEntry("verification_status", "verified")
                .containsEntry("verification_expire_at", "2023-11-14T22:23:20.000Z");
    }

    /** Returns the keys in the database's order; PostgreSQL's jsonb sorts them. */
    private String order() {
        return kind == TestDatabase.POSTGRESQL ? "\"n\":1.10,\"plan\":\"pro\"" : "\"plan\":\"pro\",\"n\":1.10";
    }

    @Test
    void storesRedeliveredMessageOnce() {
        byte[] payload = user("user.created", "user_1", "ann", 1_700_000_000_000L);
        assertThat(bench.receive("msg_1", payload)).isEqualTo(Receipt.KEPT);
        assertThat(bench.receive("msg_1", payload)).isEqualTo(Receipt.KNOWN);
        assertThat(bench.receiveBatch(List.of(
                        bench.message("msg_2", payload),
                        bench.message("msg_2", payload),
                        bench.message("msg_1", payload))))
                .containsExactly(Receipt.KEPT, Receipt.KNOWN, Receipt.KNOWN);
        assertThat(count("bellhop_inbox")).isEqualTo(2);
    }

    @Test
    void keepsNewerStateWhenOlderEventArrivesLate() {
        bench.receive(user("user.updated", "user_1", "new", 1_700_000_002_000L));
        String late = bench.receive(user("user.created", "user_1", "old", 1_700_000_001_000L));

        assertThat(bench.stateOf(late)).isEqualTo("stale");
        assertThat(row("clerk_users", "user_1")).containsEntry("first_name", "new");
        assertThat(row("clerk_user_email_addresses", "idn_1")).containsEntry("email_address", "new@example.com");
    }

    @Test
    void writesStatesOfOneEntityWithinBatchInOrder() {
        assertThat(bench.receiveBatch(List.of(
                        bench.message("msg_3", user("user.updated", "user_1", "third", 1_700_000_003_000L)),
                        bench.message("msg_1", user("user.created", "user_1", "first", 1_700_000_001_000L)),
                        bench.message("msg_2", user("user.updated", "user_1", "second", 1_700_000_002_000L)))))
                .containsOnly(Receipt.KEPT);
        assertThat(row("clerk_users", "user_1")).containsEntry("first_name", "third");
        assertThat(count("clerk_user_email_addresses")).isEqualTo(1);
        assertThat(bench.stateOf("msg_1")).isEqualTo("mirrored");
    }

    @Test
    void keepsAbsentKeysAndSetsExplicitNulls() {
        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        bench.receive(Json.of("{'type':'user.updated','timestamp':1700000005000,"
                + "'data':{'id':'user_1','username':'annie','has_image':null,'updated_at':1700000005000}}"));

        assertThat(row("clerk_users", "user_1"))
                .containsEntry("username", "annie")
                .containsEntry("first_name", "ann")
                .containsEntry("has_image", null)
                .containsEntry("primary_email", "ann@example.com");
        assertThat(count("clerk_user_email_addresses")).isEqualTo(1);
    }

    @Test
    void replacesListsWithLatestState() {
        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        bench.receive(Json.of("{'type':'user.updated','timestamp':1700000005000,"
                + "'data':{'id':'user_1','updated_at':1700000005000,'primary_email_address_id':'idn_2',"
                + "'email_addresses':[{'id':'idn_2','email_address':'b@example.com'},"
                + "{'id':'idn_3','email_address':'c@example.com'},{'email_address':'d@example.com'}]}}"));

        assertThat(Rows.query(bench.database(), "select id, email_address from clerk_user_email_addresses order by id"))
                .extracting(row -> row.get("id") + " " + row.get("email_address"))
                .containsExactly("#2 d@example.com", "idn_2 b@example.com", "idn_3 c@example.com");
        assertThat(row("clerk_users", "user_1"))
                .containsEntry("primary_email", "b@example.com")
                .containsEntry("primary_email_verified", 0L);
    }

    @Test
    void keepsUserDeletedAfterLaterEvents() {
        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        bench.receive(session("session.created", "sess_1", "user_1", "active", 1_700_000_000_500L));
        String deletion = bench.receive(deleted("user.deleted", "user_1", 1_700_000_001_000L));
        bench.receive(user("user.updated", "user_1", "late", 1_700_000_009_000L));

        assertThat(bench.stateOf(deletion)).isEqualTo("mirrored");
        assertThat(row("clerk_users", "user_1"))
                .containsEntry("deleted_at", "2023-11-14T22:13:21.000Z")
                .containsEntry("first_name", "late");
        assertThat(row("clerk_sessions", "sess_1")).containsEntry("deleted_at", "2023-11-14T22:13:21.000Z");
        assertThat(count("clerk_user_email_addresses")).isZero();
    }

    @Test
    void keepsUserDeletedWhenDeletionComesFirst() {
        bench.receive(deleted("user.deleted", "user_1", 1_700_000_001_000L));
        assertThat(count("clerk_users")).isZero();
        assertThat(count("bellhop_tombstones")).isEqualTo(1);

        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        assertThat(row("clerk_users", "user_1")).containsEntry("deleted_at", "2023-11-14T22:13:21.000Z");
        assertThat(count("clerk_user_email_addresses")).isZero();
    }

    @Test
    void deletesEntityCreatedInSameBatch() {
        bench.receiveBatch(List.of(
                bench.message("msg_2", deleted("user.deleted", "user_1", 1_700_000_001_000L)),
                bench.message("msg_1", user("user.created", "user_1", "ann", 1_700_000_000_000L))));
        assertThat(row("clerk_users", "user_1")).containsEntry("deleted_at", "2023-11-14T22:13:21.000Z");
        assertThat(count("clerk_user_email_addresses")).isZero();
    }

    @Test
    void keepsEarliestOfTwoDeletions() {
        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        bench.receive(deleted("user.deleted", "user_1", 1_700_000_005_000L));
        bench.receive(deleted("user.deleted", "user_1", 1_700_000_001_000L));
        String third = bench.receive(deleted("user.deleted", "user_1", 1_700_000_009_000L));

        assertThat(row("clerk_users", "user_1")).containsEntry("deleted_at", "2023-11-14T22:13:21.000Z");
        assertThat(bench.stateOf(third)).isEqualTo("stale");
    }

    @Test
    void insertsStubButNeverOverwritesFullRow() {
        bench.receive(membership("organizationMembership.created", "orgmem_1", "org_1", "user_1", 1_700_000_000_000L));
        assertThat(row("clerk_organizations", "org_1"))
                .containsEntry("name", "Acme")
                .containsEntry("members_count", 2L);

        bench.receive(Json.of("{'type':'organization.created','timestamp':1600000000000,"
                + "'data':{'id':'org_1','name':'Full','slug':'full','created_by':'','updated_at':1600000000000}}"));
        bench.receive(membership("organizationMembership.updated", "orgmem_1", "org_1", "user_1", 1_700_000_009_000L));

        assertThat(row("clerk_organizations", "org_1"))
                .containsEntry("name", "Full")
                .containsEntry("slug", "full")
                .containsEntry("created_by", null);
    }

    @Test
    void deletesChildrenOfDeletedParentInAnyOrder() {
        bench.receive(membership("organizationMembership.created", "orgmem_1", "org_1", "user_1", 1_700_000_000_000L));
        bench.receive(membership("organizationMembership.created", "orgmem_2", "org_2", "user_1", 1_700_000_000_000L));
        bench.receive(deleted("organization.deleted", "org_1", 1_700_000_001_000L));
        bench.receive(membership("organizationMembership.created", "orgmem_3", "org_1", "user_2", 1_700_000_000_500L));

        assertThat(row("clerk_organization_memberships", "orgmem_1").get("deleted_at"))
                .isNotNull();
        assertThat(row("clerk_organization_memberships", "orgmem_2").get("deleted_at"))
                .isNull();
        assertThat(row("clerk_organization_memberships", "orgmem_3").get("deleted_at"))
                .isNotNull();
    }

    @Test
    void deletesMembershipByIdDespiteOldTimestamp() {
        bench.receive(membership("organizationMembership.created", "orgmem_1", "org_1", "user_1", 1_700_000_000_000L));
        bench.receive(membership("organizationMembership.created", "orgmem_2", "org_1", "user_1", 1_700_000_005_000L));
        bench.receive(membership("organizationMembership.deleted", "orgmem_1", "org_1", "user_1", 1_600_000_000_000L));

        assertThat(row("clerk_organization_memberships", "orgmem_1").get("deleted_at"))
                .isNotNull();
        assertThat(row("clerk_organization_memberships", "orgmem_2").get("deleted_at"))
                .isNull();
    }

    @Test
    void writesOneAuditEntryPerSessionMessage() {
        bench.receive(session("session.ended", "sess_1", "user_1", "ended", 1_700_000_000_000L));
        bench.receive(session("session.created", "sess_1", "user_1", "active", 1_700_000_000_000L));

        // With the same updated_at, the final state wins in any order.
        assertThat(row("clerk_sessions", "sess_1"))
                .containsEntry("status", "ended")
                .containsEntry("city", "Seoul");
        assertThat(Rows.query(bench.database(), "select * from clerk_audit_log order by type"))
                .extracting(row -> row.get("type") + " " + row.get("session_id") + " " + row.get("client_ip") + " "
                        + row.get("user_agent") + " " + row.get("user_id") + " " + row.get("occurred_at"))
                .containsExactly(
                        "session.created sess_1 192.0.2.7 Test/1 user_1 2023-11-14T22:13:20.002Z",
                        "session.ended sess_1 192.0.2.7 Test/1 user_1 2023-11-14T22:13:20.002Z");
    }

    @Test
    void storesAndAcknowledgesUnusableMessages() {
        assertThat(bench.stateOf(bench.receive(Json.of("{'success':true}")))).isEqualTo("aside");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':5,'data':{'id':'user_1'}}"))))
                .isEqualTo("aside");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':'weather.changed','data':{'id':'w_1'}}"))))
                .isEqualTo("kept");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':'weather.changed','data':[]}"))))
                .isEqualTo("kept");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':'email.created','data':{'id':'ema_1'}}"))))
                .isEqualTo("mirrored");
        String untyped = bench.receive(Json.of("{'type':'user.created','data':{'first_name':'x'}}"));
        assertThat(Rows.one(bench.database(), "select * from bellhop_dead_letters"))
                .containsEntry("message_id", untyped)
                .containsEntry("reason", "missing-entity-id");
        assertThat(count("clerk_users")).isZero();
    }

    @Test
    void ignoresTypesWithSeveralParts() {
        bench.receive(user("user.created", "user_1", "ann", 1_700_000_000_000L));
        assertThat(bench.stateOf(bench.receive(
                        Json.of("{'type':'user.passkey.deleted','data':{'id':'user_1','deleted':true}}"))))
                .isEqualTo("kept");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':'user.passkey.created','data':{'id':'passkey_1'}}"))))
                .isEqualTo("kept");
        assertThat(bench.stateOf(bench.receive(Json.of("{'type':'user.passkey.created','data':{}}"))))
                .isEqualTo("kept");
        assertThat(count("bellhop_tombstones")).isZero();
        assertThat(count("clerk_users")).isEqualTo(1);
    }

    @Test
    void acceptsInvalidCharactersInSession() {
        bench.receive(Json.of("{'type':'session.a\\u0000b\\ud800','instance_id':'\\u0000','data':{'id':'sess_1',"
                + "'user_id':''},'event_attributes':{'http_request':{'client_ip':'\\u0000','user_agent':'\\udc00'}}}"));
        assertThat(Rows.one(bench.database(), "select * from clerk_audit_log"))
                .containsEntry("type", "session.a\uFFFDb\uFFFD")
                .containsEntry("session_id", "sess_1")
                .containsEntry("user_id", null)
                .containsEntry("client_ip", "\uFFFD");
        assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                .isZero();
    }

    @Test
    void acceptsArbitraryUserInput() {
        String bad = "a\\u0000b\\ud800c";
        byte[] payload = Json.of(
                """
                {'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','first_name':'%1$s',
                'last_name':7,'has_image':'yes','created_at':'never','last_sign_in_at':99999999999999999999,
                'create_organizations_limit':1.5,'external_id':'%2$s','username':'%3$s','image_url':{'a':1},
                'public_metadata':{'%1$s':['%1$s',1e400000,2]},'unsafe_metadata':{'deep':%4$s,'big':%5$s},
                'email_addresses':{'not':'a list'},'phone_numbers':[null,1,'x',{'id':'idn_9','phone_number':'+82'},
                {'id':'idn_9','phone_number':'+83'}],'updated_at':1700000000000}}""", bad, "x".repeat(300), "y".repeat(100_000), "[".repeat(400) + "]".repeat(400), "9".repeat(1000));
        bench.receiveBatch(List.of(
                bench.message("msg_1", user("user.created", "user_2", "bea", 1_700_000_000_000L)),
                bench.message("msg_2", payload)));

        assertThat(bench.stateOf("msg_1")).isEqualTo("mirrored");
        assertThat(bench.stateOf("msg_2")).isEqualTo("mirrored");
        Map<String, Object> row = row("clerk_users", "user_1");
        assertThat(row)
                .containsEntry("first_name", "a\uFFFDb\uFFFDc")
                .containsEntry("last_name", "7")
                .containsEntry("has_image", null)
                .containsEntry("created_at", null)
                .containsEntry("last_sign_in_at", null)
                .containsEntry("create_organizations_limit", null)
                .containsEntry("external_id", null)
                .containsEntry("username", "y".repeat(100_000))
                .containsEntry("image_url", null);
        assertThat(row.get("public_metadata").toString().replace(" ", ""))
                .isEqualTo("{\"a\uFFFDb\uFFFDc\":[\"a\uFFFDb\uFFFDc\",null,2]}");
        assertThat(row.get("unsafe_metadata").toString()).contains("9".repeat(1000));
        assertThat(row("clerk_user_phone_numbers", "idn_9")).containsEntry("phone_number", "+83");
        assertThat(bench.registry.get("bellhop.mirror.misfits").counter().count())
                .isEqualTo(7);
        assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                .isZero();
    }

    @Test
    void storesNullOnlyForNumbersOutOfRange() {
        bench.receive(Json.of("{'type':'user.created','data':{'id':'user_1','public_metadata':"
                + "{'plan':'pro','huge':1e200000,'tiny':[1e-200000,2],'n':1.10}}}"));
        assertThat(row("clerk_users", "user_1")
                        .get("public_metadata")
                        .toString()
                        .replace(" ", ""))
                .contains("\"huge\":null", "\"n\":1.10", "\"plan\":\"pro\"", "\"tiny\":[null,2]");
        assertThat(bench.registry.get("bellhop.mirror.misfits").counter().count())
                .isEqualTo(2);
    }

    @Test
    void omitsReferencedIdsTooLongForIndex() {
        String tooLong = "x".repeat(5_000);
        bench.receive(session("session.created", "sess_1", tooLong, "active", 1_700_000_000_000L));
        bench.receive(membership("organizationMembership.created", "orgmem_1", tooLong, tooLong, 1_700_000_000_000L));

        assertThat(row("clerk_sessions", "sess_1")).containsEntry("user_id", null);
        assertThat(row("clerk_organization_memberships", "orgmem_1"))
                .containsEntry("user_id", null)
                .containsEntry("organization_id", null);
        assertThat(Rows.one(bench.database(), "select * from clerk_audit_log")).containsEntry("user_id", null);
        assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                .isZero();
    }

    @Test
    void makesDeadLetterOfEntityIdTooLongForIndex() {
        String message = bench.receive(Json.of("{'type':'user.created','data':{'id':'user_%s'}}", "x".repeat(300)));
        assertThat(bench.stateOf(message)).isEqualTo("dead");
    }

    @Test
    void convertsTimestampInSeconds() {
        bench.receive(Json.of("{'type':'user.deleted','timestamp':1716883200,'data':{'id':'user_1','deleted':true}}"));
        assertThat(Rows.one(bench.database(), "select deleted_at from bellhop_tombstones"))
                .containsEntry("deleted_at", 1_716_883_200_000L);
    }
}
