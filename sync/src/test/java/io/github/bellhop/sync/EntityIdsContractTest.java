package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
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

/** Which ids are mirrored, and which make a message a dead letter. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class EntityIdsContractTest {
    private static final String TIME = "'updated_at':1700000000000";

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

    private String receive(String type, String data) {
        return bench.receive(Json.of("{'type':'%s','timestamp':1700000000000,'data':%s}", type, data));
    }

    private String reasonOf(String message) {
        return (String)
                Rows.one(bench.database(), "select reason from bellhop_dead_letters where message_id = ?", message)
                        .get("reason");
    }

    private List<Object> ids(String table) {
        return Rows.query(bench.database(), "select id from " + table + " order by id").stream()
                .map(row -> row.get("id"))
                .toList();
    }

    @Test
    void rejectsIdsWithInvisibleCharacters() {
        for (String id : List.of(
                "  ",
                " user_1",
                "user_1 ",
                "user\\t1",
                "user_1\\u0000",
                "user_1\\u0085",
                "user_1\\u00a0",
                "user_1\\u00ad",
                "user_1\\u200b",
                "user_1\\u202e",
                "user_1\\u2028",
                "user_1\\u3000",
                "user_1\\u3164",
                "user_1\\ufe0f",
                "user_1\\ufeff",
                "user_1\\ud800",
                "user_1\\udb40\\udc41")) {
            assertThat(reasonOf(receive("user.created", "{'id':'" + id + "'," + TIME + "}")))
                    .as(id)
                    .isEqualTo("malformed-entity-id");
            assertThat(reasonOf(receive("user.deleted", "{'id':'" + id + "','deleted':true}")))
                    .as(id)
                    .isEqualTo("malformed-entity-id");
        }
        assertThat(ids("clerk_users")).isEmpty();
        assertThat(Rows.count(bench.database(), "bellhop_tombstones")).isZero();
    }

    @Test
    void rejectsIdsOfAnotherKind() {
        assertThat(reasonOf(receive("user.created", "{'id':'org_9'," + TIME + "}")))
                .isEqualTo("foreign-entity-id");
        assertThat(reasonOf(receive("user.deleted", "{'id':'orgmem_9','deleted':true}")))
                .isEqualTo("foreign-entity-id");
        assertThat(reasonOf(receive("organizationMembership.deleted", "{'id':'org_9'}")))
                .isEqualTo("foreign-entity-id");
        assertThat(reasonOf(receive("subscription.created", "{'id':'csub_item_9'}")))
                .isEqualTo("foreign-entity-id");
        assertThat(reasonOf(receive("subscriptionItem.active", "{'id':'csub_9'}")))
                .isEqualTo("foreign-entity-id");
        assertThat(reasonOf(receive("session.created", "{'id':'idn_9'}"))).isEqualTo("foreign-entity-id");
        assertThat(Rows.count(bench.database(), "bellhop_tombstones")).isZero();
    }

    @Test
    void mirrorsIdsOfUnknownAndAmbiguousKinds() {
        receive("user.created", "{'id':'u-1'}");
        receive("user.created", "{'id':'üser_é'}");
        receive("user.created", "{'id':'users_1'}");
        receive("organizationDomain.created", "{'id':'orgdm_1'}");
        receive("organizationDomain.created", "{'id':'orgdmn_1'}");
        receive("paymentAttempt.created", "{'id':'org_1'}");
        receive("email.created", "{'id':'idn_1'}");
        assertThat(ids("clerk_users")).containsExactlyInAnyOrder("u-1", "üser_é", "users_1");
        assertThat(ids("clerk_organization_domains")).containsExactly("orgdm_1", "orgdmn_1");
        assertThat(ids("clerk_billing_payment_attempts")).containsExactly("org_1");
        assertThat(ids("clerk_communications")).containsExactly("idn_1");
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
    }

    @Test
    void acceptsEveryPrefixOfEachTable() {
        for (MirrorTable table : ClerkTables.ALL) {
            for (String family : table.families()) {
                for (String prefix : table.idPrefixes()) {
                    String message = receive(family + ".created", "{'id':'" + prefix + "1'}");
                    assertThat(bench.stateOf(message)).as(prefix).isNotEqualTo("dead");
                }
            }
        }
    }

    @Test
    void storesUnknownFamiliesWithAnyId() {
        assertThat(bench.stateOf(receive("weather.changed", "{'id':' '}"))).isEqualTo("kept");
        assertThat(bench.stateOf(receive("user.passkey.deleted", "{'id':'org_1','deleted':true}")))
                .isEqualTo("kept");
    }

    @Test
    void keepsMalformedIdDeadWhenReplayed() {
        String message = receive("user.created", "{'id':' user_1'}");
        bench.replay.replay(message);
        int unused = bench.worker.runOnce();
        assertThat(bench.stateOf(message)).isEqualTo("dead");
        assertThat(reasonOf(message)).isEqualTo("malformed-entity-id");
        assertThat(ids("clerk_users")).isEmpty();
    }

    @Test
    void createsNoRowForInvalidNestedIds() {
        receive(
                "organizationMembership.created",
                "{'id':'orgmem_1','organization':{'id':' org_1','name':'A'},'public_user_data':{'user_id':'org_7'}}");
        receive("session.created", "{'id':'sess_1','user_id':'user_\\u200b1','user':{'id':'sess_2','first_name':'x'}}");
        receive(
                "role.created",
                "{'id':'role_1','permissions':[{'id':'perm_1','key':'a'},{'id':'org_1','key':'b'},{'id':'perm 2','key':'c'}]}");
        receive("user.created", "{'id':'user_1','email_addresses':[{'id':' idn_1','email_address':'a@example.com'}]}");
        assertThat(ids("clerk_organizations")).isEmpty();
        assertThat(ids("clerk_users")).containsExactly("user_1");
        assertThat(ids("clerk_permissions")).containsExactly("perm_1");
        Map<String, Object> membership = Rows.one(bench.database(), "select * from clerk_organization_memberships");
        assertThat(membership).containsEntry("organization_id", null).containsEntry("user_id", null);
        assertThat(Rows.one(bench.database(), "select * from clerk_sessions")).containsEntry("user_id", null);
        assertThat(Rows.query(bench.database(), "select permission_id from clerk_role_permissions order by 1"))
                .extracting(row -> row.get("permission_id"))
                .containsExactly("#1", "#2", "perm_1");
        assertThat(ids("clerk_user_email_addresses")).containsExactly("#0");
        assertThat(bench.registry.get("bellhop.mirror.misfits").counter().count())
                .isEqualTo(3);
    }
}
