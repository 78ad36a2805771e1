package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.RandomHistory;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that choose what is mirrored, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class MirrorChoicesContractTest {
    private static final byte[] USER =
            Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','first_name':'Ann',"
                    + "'private_metadata':{'note':'hidden'},'public_metadata':{'url':'kept','private_metadata':1},"
                    + "'phone_numbers':[{'id':'idn_2','phone_number':'+1','backup_codes':['secret']}],"
                    + "'web3_wallets':[{'id':'idn_3','verification':{'nonce':'secret','message':'secret'}}],"
                    + "'new_key':'a\\u0000b','email_addresses':[{'id':'idn_1','email_address':'a@example.com'}],"
                    + "'passkeys':[{'id':'passkey_1','name':'key'}],'updated_at':1700000000000}}");
    private static final byte[] SESSION =
            Json.of("{'type':'session.created','timestamp':1700000000000,'data':{'id':'sess_1','user_id':'user_1',"
                    + "'status':'active','user':{'id':'user_1','first_name':'Ann','updated_at':1700000000000,"
                    + "'private_metadata':{'note':'hidden'}},'updated_at':1700000000000}}");
    private static final byte[] USER_DELETED =
            Json.of("{'type':'user.deleted','timestamp':1700000009000,'data':{'id':'user_1','deleted':true}}");
    private static final byte[] SESSION_LATE =
            Json.of("{'type':'session.created','timestamp':1700000000000,'data':{'id':'sess_2','user_id':'user_1',"
                    + "'status':'active','updated_at':1700000000000}}");

    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    private void open(UnaryOperator<MirrorSettings> change) {
        bench = new SyncBench(kind, settings -> settings.withMirror(change.apply(settings.mirror())));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private long count(String table) {
        return Rows.count(bench.database(), table);
    }

    private Map<String, Object> only(String table) {
        return Rows.one(bench.database(), "select * from " + table);
    }

    @Test
    void omitsTablesWithTheirListsAndNestedCopies() {
        open(mirror ->
                mirror.withTables(TableChoice.allBut("clerk_users", "clerk_user_email_addresses", "clerk_audit_log")));
        assertThat(bench.stateOf(bench.receive(USER))).isEqualTo("kept");
        assertThat(bench.stateOf(bench.receive(SESSION))).isEqualTo("mirrored");
        assertThat(count("clerk_users")).isZero();
        assertThat(count("clerk_user_email_addresses")).isZero();
        assertThat(count("clerk_user_passkeys")).isZero();
        assertThat(count("clerk_audit_log")).isZero();

        assertThat(bench.stateOf(bench.receive(USER_DELETED))).isEqualTo("mirrored");
        assertThat(only("bellhop_tombstones")).containsEntry("entity_id", "user_1");
        assertThat(only("clerk_sessions").get("deleted_at")).isNotNull();
    }

    @Test
    void omitsOneList() {
        open(mirror -> mirror.withTables(TableChoice.allBut("clerk_user_passkeys")));
        bench.receive(USER);
        assertThat(count("clerk_user_passkeys")).isZero();
        assertThat(count("clerk_user_email_addresses")).isEqualTo(1);
    }

    @Test
    void keepsAuditLogWithoutSessions() {
        open(mirror -> mirror.withTables(TableChoice.only("clerk_audit_log")));
        assertThat(bench.stateOf(bench.receive(SESSION))).isEqualTo("mirrored");
        assertThat(count("clerk_audit_log")).isEqualTo(1);
        assertThat(count("clerk_sessions")).isZero();
        assertThat(count("clerk_users")).isZero();
        assertThat(bench.stateOf(bench.receive(USER))).isEqualTo("kept");
    }

    @Test
    void storesPrivateMetadataAndRawOnlyIfRequested() {
        open(mirror -> mirror);
        bench.receive(USER);
        assertThat(only("clerk_users")).containsEntry("private_metadata", null).containsEntry("raw", null);
        bench.close();

        open(mirror -> mirror.withPrivateMetadata(TableChoice.only("clerk_organizations"))
                .withRaw(TableChoice.only("clerk_users")));
        bench.receive(USER);
        bench.receive(SESSION);
        Map<String, Object> user = only("clerk_users");
        assertThat(user).containsEntry("private_metadata", null);
        assertThat((String) user.get("raw"))
                .contains("new_key", "a\uFFFDb", "phone_number", "public_metadata", "kept")
                .doesNotContain("hidden", "secret", "private_metadata", "nonce", "backup_codes");
        assertThat(only("clerk_sessions")).containsEntry("raw", null);
    }

    @Test
    void storesPrivateMetadataInRawIfRequestedForTable() {
        open(mirror ->
                mirror.withPrivateMetadata(TableChoice.only("clerk_users")).withRaw(TableChoice.only("clerk_users")));
        bench.receive(USER);
        assertThat((String) only("clerk_users").get("raw")).contains("hidden").doesNotContain("secret");
        assertThat((String) only("clerk_users").get("private_metadata")).contains("hidden");
    }

    @Test
    void writesRawOfSameVersionAsRow() {
        open(mirror -> mirror.withRaw(TableChoice.ALL));
        bench.receive(SESSION);
        assertThat((String) only("clerk_users").get("raw")).contains("Ann").doesNotContain("new_key", "hidden");
        bench.receive(USER);
        assertThat((String) only("clerk_users").get("raw")).contains("new_key");
        bench.receive(Json.of("{'type':'user.updated','timestamp':1600000000000,"
                + "'data':{'id':'user_1','first_name':'Old','updated_at':1600000000000}}"));
        assertThat((String) only("clerk_users").get("raw")).contains("new_key").doesNotContain("Old");
    }

    @Test
    void createsNoRowForBareId() {
        open(mirror -> mirror.withRaw(TableChoice.ALL));
        bench.receive(Json.of("{'type':'session.created','timestamp':1700000000000,"
                + "'data':{'id':'sess_1','user_id':'user_1','user':{'id':'user_1'},'updated_at':1}}"));
        assertThat(count("clerk_users")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void removesDeletedRowsInEitherOrder(boolean deletionFirst) {
        open(mirror -> mirror.withDeletes(Deletes.HARD));
        if (deletionFirst) {
            bench.receive(USER_DELETED);
        }
        bench.receive(USER);
        bench.receive(SESSION);
        assertThat(count("clerk_users")).isEqualTo(deletionFirst ? 0 : 1);
        if (!deletionFirst) {
            bench.receive(USER_DELETED);
        }
        assertThat(bench.stateOf(bench.receive(USER))).isEqualTo("stale");
        bench.receive(SESSION_LATE);

        assertThat(count("clerk_users")).isZero();
        assertThat(count("clerk_user_email_addresses")).isZero();
        assertThat(count("clerk_sessions")).isZero();
        assertThat(only("bellhop_tombstones")).containsEntry("entity_id", "user_1");
    }

    @Test
    void producesSameRowsInAnyOrderWithHardDeletes() {
        long base = Long.getLong("bellhop.test.seed", System.nanoTime());
        for (long seed = base; seed < base + 12; seed++) {
            List<byte[]> history = new ArrayList<>(RandomHistory.of(seed, 40));
            List<String> ordered =
                    mirrorAfter(history, IntStream.range(0, 40).boxed().toList());
            List<Integer> order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
            Collections.shuffle(order, new Random(seed));
            assertThat(mirrorAfter(history, order))
                    .as("history of seed %d; repeat it with -Dbellhop.test.seed=%d", seed, seed)
                    .isEqualTo(ordered);
        }
    }

    private List<String> mirrorAfter(List<byte[]> history, List<Integer> order) {
        if (bench != null) {
            bench.close();
        }
        open(mirror -> mirror.withDeletes(Deletes.HARD));
        for (int i : order) {
            bench.receive("msg_%03d".formatted(i), history.get(i));
        }
        // Applies messages that arrived before the rows that they change.
        bench.retention.runOnce(() -> true);
        int unused = bench.worker.runOnce();
        List<String> lines = Dump.of(bench.database()).stream()
                .filter(line -> line.startsWith("clerk_") || line.startsWith("bellhop_tombstones"))
                .toList();
        assertThat(lines).noneMatch(line -> line.matches("clerk_.* deleted_at=\\d.*"));
        return lines;
    }

    @Test
    void declaresRawInEveryTableExceptCommunications() {
        open(mirror -> mirror);
        assertThat(ClerkTables.ALL)
                .allSatisfy(table -> assertThat(table.columns().stream()
                                .anyMatch(column -> column.name().equals("raw")))
                        .as(table.name())
                        .isEqualTo(!table.name().equals("clerk_communications")));
    }

    @Test
    void countsMessagesOfAnotherInstance() {
        bench = new SyncBench(
                kind,
                settings -> settings.toBuilder().expectedInstanceId("ins_mine").build());
        String message = bench.receive(Json.of(
                "{'type':'user.created','instance_id':'ins_other'," + "'data':{'id':'user_1','updated_at':1}}"));
        assertThat(bench.stateOf(message)).isEqualTo("aside");
        assertThat(bench.registry
                        .get("bellhop.messages")
                        .tag("state", "aside")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(count("clerk_users")).isZero();
    }
}
