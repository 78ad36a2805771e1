package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect of unknown event types on the mirror, in every known family. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class UnknownTypesContractTest {
    private static final List<String> FAMILIES = ClerkTables.ALL.stream()
            .flatMap(table -> table.families().stream())
            .sorted()
            .toList();

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

    private String receive(String type, String data, int version) {
        return bench.receive(event(type, data, version));
    }

    private static byte[] event(String type, String data, int version) {
        String at = "17000000000%02d".formatted(version);
        return Json.of("{'type':'%s','timestamp':%s,'data':{%s,'updated_at':%s}}", type, at, data, at);
    }

    private static MirrorTable table(String family) {
        return ClerkTables.ofType(family + ".any");
    }

    private long live() {
        return ClerkTables.ALL.stream()
                .mapToLong(table -> Rows.count(bench.database(), table.name() + " where deleted_at is null"))
                .sum();
    }

    private Map<String, Object> row(String family, String id) {
        return Rows.one(bench.database(), "select * from " + table(family).name() + " where id = ?", id);
    }

    private Object reasonOf(String message) {
        return Rows.one(bench.database(), "select reason from bellhop_inbox where message_id = ?", message)
                .get("reason");
    }

    /** Runs retention and then the worker, as their threads do. */
    private void applyWaitingMessages() {
        bench.retention.runOnce(() -> true);
        int unused = bench.worker.runOnce();
    }

    @Test
    void createsNoRowForUnknownType() {
        for (String family : FAMILIES) {
            String message = receive(
                    family + ".suspended",
                    "'id':'x_1','status':'active','name':'a','organization':{'id':'org_1','name':'A'},"
                            + "'user':{'id':'user_1','first_name':'U'},'payer':{'id':'cpayer_1','email':'p@example.com'},"
                            + "'items':[{'id':'csub_item_1','status':'active'}],'permissions':[{'id':'perm_1','key':'k'}]",
                    1);
            assertThat(reasonOf(message)).as(family).isEqualTo("no-row");
        }
        assertThat(live()).isZero();
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
    }

    @Test
    void treatsDeletedFlagAsDeletionForAnyVerb() {
        for (String family : FAMILIES) {
            String id = "x_" + family;
            receive(family + ".created", "'id':'" + id + "','status':'active'", 1);
            String message = receive(family + ".purged", "'id':'" + id + "','deleted':true", 2);
            assertThat(bench.stateOf(message)).as(family).isEqualTo("mirrored");
            assertThat(row(family, id).get("deleted_at")).as(family).isNotNull();

            receive(family + ".purged", "'id':'never_" + family + "','deleted':true", 2);
            assertThat(Rows.query(
                            bench.database(),
                            "select * from " + table(family).name() + " where id = ?",
                            "never_" + family))
                    .as(family)
                    .isEmpty();
            receive(family + ".created", "'id':'never_" + family + "'", 3);
            assertThat(row(family, "never_" + family).get("deleted_at"))
                    .as(family)
                    .isNotNull();
        }
    }

    @Test
    void updatesExistingRowByVersion() {
        for (String family : FAMILIES) {
            String id = "x_" + family;
            receive(
                    family + ".created",
                    "'id':'" + id + "','status':'old','name':'old','key':'old','locale':'old','role':'old'",
                    2);
            String late = receive(family + ".reviewed", "'id':'" + id + "','status':'late','name':'late'", 1);
            String next = receive(
                    family + ".suspended",
                    "'id':'" + id + "','status':'new','name':'new','key':'new','locale':'new','role':'new'",
                    3);
            // A session message always adds an entry to the audit log.
            assertThat(bench.stateOf(late)).as(family).isEqualTo(family.equals("session") ? "mirrored" : "stale");
            assertThat(bench.stateOf(next)).as(family).isEqualTo("mirrored");
            Map<String, Object> row = row(family, id);
            assertThat(Stream.of("status", "name", "key", "locale", "role")
                            .map(row::get)
                            .filter(value -> value != null))
                    .as(family)
                    .isNotEmpty()
                    .containsOnly("new");
        }
    }

    @Test
    void keepsDeletedRowsDeleted() {
        for (String family : FAMILIES) {
            String id = "x_" + family;
            receive(family + ".created", "'id':'" + id + "'", 1);
            receive(family + ".deleted", "'id':'" + id + "','deleted':true", 2);
            receive(family + ".restored", "'id':'" + id + "','status':'active'", 3);
            assertThat(row(family, id).get("deleted_at")).as(family).isNotNull();
        }
    }

    @Test
    void appliesUnknownTypeOnceItsRowExists() {
        String early = receive("organization.renamed", "'id':'org_1','name':'new','slug':'s'", 2);
        applyWaitingMessages();
        assertThat(reasonOf(early)).isEqualTo("no-row");

        receive("organization.created", "'id':'org_1','name':'old','slug':'s'", 1);
        applyWaitingMessages();
        assertThat(row("organization", "org_1")).containsEntry("name", "new");
        assertThat(bench.stateOf(early)).isEqualTo("mirrored");
        assertThat(reasonOf(early)).isNull();
    }

    @Test
    void appliesUnknownTypeBeforeItsPayloadExpires() {
        receive("organization.renamed", "'id':'org_1','name':'new','slug':'s'", 2);
        receive("organization.created", "'id':'org_1','name':'old','slug':'s'", 1);
        bench.clock.advance(RetentionSettings.DEFAULT.payloads().plusDays(1));
        applyWaitingMessages();
        assertThat(row("organization", "org_1")).containsEntry("name", "new");
    }

    @Test
    void writesUnknownAndKnownTypesOfBatchInOrder() {
        bench.receiveBatch(List.of(
                bench.message("msg_2", event("user.renamed", "'id':'user_1','first_name':'new'", 2)),
                bench.message("msg_1", event("user.created", "'id':'user_1','first_name':'old','username':'u'", 1)),
                bench.message("msg_3", event("user.renamed", "'id':'user_2','first_name':'never'", 2)),
                bench.message("msg_4", event("user.created", "'id':'user_3','locale':'ko'", 2))));
        assertThat(row("user", "user_1")).containsEntry("first_name", "new").containsEntry("username", "u");
        assertThat(Rows.query(bench.database(), "select id from clerk_users order by id"))
                .extracting(row -> row.get("id"))
                .containsExactly("user_1", "user_3");
    }

    @Test
    void replacesListsOfExistingRow() {
        receive("user.created", "'id':'user_1','email_addresses':[{'id':'idn_1'},{'id':'idn_2'}]", 1);
        receive("user.merged", "'id':'user_1','email_addresses':[{'id':'idn_3'}]", 2);
        receive("user.merged", "'id':'user_9','email_addresses':[{'id':'idn_9'}]", 2);
        assertThat(Rows.query(bench.database(), "select id from clerk_user_email_addresses"))
                .extracting(row -> row.get("id"))
                .containsExactly("idn_3");
    }

    @Test
    void doesNotRecreateRemovedRow() {
        receive("session.created", "'id':'sess_1','status':'active'", 1);
        Rows.execute(bench.database(), "delete from clerk_sessions");
        receive("session.paused", "'id':'sess_1','status':'paused'", 2);
        assertThat(Rows.count(bench.database(), "clerk_sessions")).isZero();
        assertThat(Rows.count(bench.database(), "clerk_audit_log")).isEqualTo(2);
    }

    @Test
    void createsNoRowDuringRemoval() throws Exception {
        for (int round = 0; round < 30; round++) {
            String id = "sess_" + round;
            receive("session.created", "'id':'" + id + "','status':'active'", 1);
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> {
                await(start);
                Rows.execute(bench.database(), "delete from clerk_sessions where id = '" + id + "'");
            });
            await(start);
            receive("session.paused", "'id':'" + id + "','status':'paused'", 2);
            removal.get(30, TimeUnit.SECONDS);
        }
        assertThat(Rows.count(bench.database(), "clerk_sessions")).isZero();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
