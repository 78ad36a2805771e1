package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If another transaction locks rows, tables or entities of the mirror, only the messages that need them wait. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SameOnEveryJdk
class ForeignLocksTest {
    private static final String WAITING =
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private OpenDatabase open;
    private SyncBench bench;

    @BeforeEach
    void open() {
        open = TestDatabase.POSTGRESQL.open();
        bench = new SyncBench(open, settings -> settings, Handlers.none());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static byte[] user(String id, int updatedAt) {
        return Json.of(
                "{'type':'user.updated','timestamp':1700000000000,'data':{'id':'%s','updated_at':%d,"
                        + "'first_name':'v%d','email_addresses':[{'id':'idn_%s','email_address':'a@b.c'}]}}",
                id, updatedAt, updatedAt, id);
    }

    private static byte[] organization(String id) {
        return Json.of(
                "{'type':'organization.updated','timestamp':1700000000000,'data':{'id':'%s','updated_at':1}}", id);
    }

    private static byte[] membership(String id) {
        return Json.of(
                "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{'id':'%s','updated_at':1,"
                        + "'organization':{'id':'org_held'},'public_user_data':{'user_id':'user_held'}}}",
                id);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Opens another program's transaction, which keeps the statement's locks until it ends. */
    private Connection lock(String sql) throws Exception {
        Connection connection = open.pool().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private List<Receipt> receive(String prefix, byte[]... payloads) {
        List<IncomingMessage> batch = new ArrayList<>();
        for (int i = 0; i < payloads.length; i++) {
            batch.add(bench.message(prefix + i, payloads[i]));
        }
        return bench.receiveBatch(batch);
    }

    private double count(String name) {
        return bench.registry.get(name).counter().count();
    }

    @Test
    void deletesAllOtherRowsWhileOneIsLocked() throws Exception {
        Rows.execute(
                bench.database(),
                "insert into clerk_organization_memberships (id, organization_id, synced_at, bellhop_version)"
                        + " select 'orgmem_' || n, 'org_1', now(), '' from generate_series(1000, 2799) n");
        bench.receive(Json.of("{'type':'organization.deleted','timestamp':1700000000000,'data':{'id':'org_1'}}"));
        String live = "clerk_organization_memberships where deleted_at is null";
        try (Connection app =
                lock("select 1 from clerk_organization_memberships where id = 'orgmem_1500' for update")) {
            assertThat(bench.cascades.step()).isTrue();
            assertThat(Rows.count(bench.database(), live)).isEqualTo(800);
            assertThat(bench.cascades.step()).isTrue();
            assertThat(Rows.count(bench.database(), live)).isEqualTo(1);
            assertThatExceptionOfType(StoreException.class).isThrownBy(bench.cascades::step);
            app.rollback();
        }
        assertThat(bench.cascades.step()).isTrue();
        assertThat(Rows.count(bench.database(), live)).isZero();
        while (bench.cascades.step()) {
            assertThat(Rows.count(bench.database(), live)).isZero();
        }
        assertThat(Rows.count(bench.database(), "bellhop_cascades")).isZero();
    }

    @Test
    void delaysNoOtherMessageWhileOneRowIsLocked() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (SyncEngine engine = new SyncEngine(open.database(), SyncSettings.defaults(), registry)) {
            engine.start();
            assertThat(deliver(engine, "before", List.of("user_held"), 1)).containsOnly(Receipt.KEPT);
            List<String> users = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                users.add("user_" + i);
            }
            users.add(150, "user_held");
            try (Connection held = lock("select 1 from clerk_users where id = 'user_held' for update")) {
                for (int round = 2; round < 5; round++) {
                    assertThat(deliver(engine, "round" + round + "_", users, round))
                            .containsOnly(Receipt.KEPT);
                    assertThat(Rows.query(
                                    open.database(), "select 1 from clerk_users where first_name = 'v" + round + "'"))
                            .hasSize(300);
                    assertThat(engine.isReady()).isTrue();
                }
                assertThat(Rows.query(
                                open.database(),
                                "select 1 from bellhop_inbox where next_attempt_at is not null and attempts = 0"))
                        .hasSize(3);
                // Both writers may have waited before either recorded the lock.
                assertThat(registry.get("bellhop.batch.lock.waits").counter().count())
                        .isBetween(1.0, 2.0);
                held.rollback();
            }
            engine.wakeWorker();
            await(
                    "the message is mirrored",
                    () -> !Rows.query(
                                    open.database(),
                                    "select 1 from clerk_users where id = 'user_held' and first_name = 'v4'")
                            .isEmpty());
            await("no session waits", () -> Rows.query(open.database(), WAITING).isEmpty());
        }
    }

    private static List<Receipt> deliver(SyncEngine engine, String prefix, List<String> users, int version)
            throws Exception {
        List<CompletableFuture<Receipt>> answers = new ArrayList<>();
        for (String user : users) {
            CompletableFuture<Receipt> answer = new CompletableFuture<>();
            byte[] payload = user(user, version);
            engine.submit(
                    new IncomingMessage("msg_" + prefix + user, EnvelopeReader.read(payload), Instant.now(), payload),
                    answer::complete);
            answers.add(answer);
        }
        List<Receipt> receipts = new ArrayList<>();
        for (CompletableFuture<Receipt> answer : answers) {
            receipts.add(answer.get(20, TimeUnit.SECONDS));
        }
        return receipts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1 from clerk_users where id = 'user_held' for update",
                "select 1 from clerk_user_email_addresses where user_id = 'user_held' for update",
                "select pg_advisory_xact_lock(1111837772, b) from generate_series(0, 255) b where b = BUCKET",
            })
    void mirrorsOtherMessagesOfBatch(String sql) throws Exception {
        receive("before", user("user_held", 1), user("user_free", 1));
        int bucket = Math.floorMod(31 * "user".hashCode() + "user_held".hashCode(), 256);
        try (Connection held = lock(sql.replace("BUCKET", Integer.toString(bucket)))) {
            for (int round = 2; round < 6; round++) {
                assertThat(receive("msg_" + round + "_", user("user_free", round), user("user_held", round)))
                        .containsOnly(Receipt.KEPT);
                assertThat(bench.stateOf("msg_" + round + "_0")).isEqualTo("mirrored");
                assertThat(bench.stateOf("msg_" + round + "_1")).isEqualTo("kept");
            }
            assertThat(count("bellhop.batch.lock.waits")).isEqualTo(1);
            assertThat(count("bellhop.messages.held")).isEqualTo(4);
            assertThat(count("bellhop.batch.fallback")).isZero();
            assertThat(Rows.query(bench.database(), WAITING)).isEmpty();
            held.rollback();
        }
        bench.clock.advance(Duration.ofMinutes(1));
        bench.worker.runOnce();
        assertThat(Rows.one(bench.database(), "select first_name from clerk_users where id = 'user_held'"))
                .containsEntry("first_name", "v5");
        assertThat(receive("after", user("user_held", 7))).containsOnly(Receipt.KEPT);
        assertThat(bench.stateOf("after0")).isEqualTo("mirrored");
    }

    @Test
    void delaysOnlyMessagesOfLockedTable() throws Exception {
        try (Connection held = lock("lock table clerk_organizations in access exclusive mode")) {
            assertThat(receive(
                            "msg_", user("user_1", 1), organization("org_1"), user("user_2", 1), organization("org_2")))
                    .containsOnly(Receipt.KEPT);
            assertThat(List.of(bench.stateOf("msg_0"), bench.stateOf("msg_2"))).containsOnly("mirrored");
            assertThat(List.of(bench.stateOf("msg_1"), bench.stateOf("msg_3"))).containsOnly("kept");
            held.rollback();
        }
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(bench.worker.runOnce()).isEqualTo(2);
        assertThat(Rows.count(bench.database(), "clerk_organizations")).isEqualTo(2);
    }

    @Test
    void keepsLanesOfMessagesThatWaitForLock() throws Exception {
        bench.close();
        open = TestDatabase.POSTGRESQL.open();
        bench = new SyncBench(
                open,
                settings -> settings,
                Handlers.builder()
                        .on(ClerkEvent.class, "all", (event, run) -> HandlerOutcome.done())
                        .build());
        receive("before", membership("orgmem_1"));
        byte[] deletion = Json.of(
                "{'type':'organizationMembership.deleted','timestamp':1700000000001,'data':{'id':'orgmem_9','deleted':true}}");
        try (Connection held = lock("lock table clerk_organization_memberships in access exclusive mode")) {
            assertThat(receive("msg_", membership("orgmem_2"), deletion)).containsOnly(Receipt.KEPT);
            assertThat(List.of(bench.stateOf("msg_0"), bench.stateOf("msg_1"))).containsOnly("kept");
            held.rollback();
        }
        assertThat(Rows.query(
                        bench.database(),
                        "select distinct entity_id from bellhop_handler_runs"
                                + " where message_id in ('before0', 'msg_0')"))
                .hasSize(1)
                .doesNotContain(Map.of("entity_id", "orgmem_2"));
        assertThat(Rows.one(bench.database(), "select entity_id from bellhop_handler_runs where message_id = 'msg_1'"))
                .containsEntry("entity_id", "orgmem_9");
    }

    @Test
    void delaysDeletionWhoseChildIsLocked() throws Exception {
        receive("before", organization("org_held"), membership("orgmem_1"));
        byte[] deletion = Json.of("{'type':'organization.deleted','timestamp':1800000000000,'data':{'id':'org_held'}}");
        try (Connection held = lock("select 1 from clerk_organization_memberships for update")) {
            assertThat(receive("msg_", user("user_1", 1), deletion)).containsOnly(Receipt.KEPT);
            assertThat(bench.stateOf("msg_0")).isEqualTo("mirrored");
            assertThat(bench.stateOf("msg_1")).isEqualTo("kept");
            held.rollback();
        }
        bench.clock.advance(Duration.ofMinutes(1));
        bench.worker.runOnce();
        assertThat(Rows.query(
                        bench.database(), "select 1 from clerk_organization_memberships where deleted_at is null"))
                .isEmpty();
    }

    /** Even if a lock is held for days, the message does not become a dead letter. */
    @Test
    void countsNoAttemptWhileRowIsLocked() throws Exception {
        receive("before", user("user_held", 1));
        try (Connection held = lock("select 1 from clerk_users where id = 'user_held' for update")) {
            receive("msg_", user("user_held", 2));
            for (int i = 0; i < 15; i++) {
                bench.clock.advance(Duration.ofHours(3));
                assertThat(bench.worker.runOnce()).isEqualTo(1);
            }
            assertThat(Rows.one(
                            bench.database(), "select state, attempts from bellhop_inbox where message_id = 'msg_0'"))
                    .containsEntry("state", "kept")
                    .containsEntry("attempts", 0L);
            held.rollback();
        }
        bench.clock.advance(Duration.ofMinutes(1));
        bench.worker.runOnce();
        assertThat(bench.stateOf("msg_0")).isEqualTo("mirrored");
    }

    @Test
    void refusesOnlyMessageThatAnotherServerIsStoring() throws Exception {
        try (Connection held = lock("insert into bellhop_inbox (message_id, received_at, state, attempts)"
                + " values ('msg_2', 0, 'kept', 0)")) {
            assertThat(receive("msg_", user("user_0", 1), user("user_1", 1), user("user_2", 1), user("user_3", 1)))
                    .containsExactly(Receipt.KEPT, Receipt.KEPT, Receipt.UNAVAILABLE, Receipt.KEPT);
            held.rollback();
        }
        bench.worker.runOnce();
        assertThat(Rows.count(bench.database(), "clerk_users")).isEqualTo(3);
    }

    @Test
    void isUnavailableWhileInboxIsLocked() throws Exception {
        try (Connection held = lock("lock table bellhop_inbox in access exclusive mode")) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> receive("msg_", user("user_1", 1), user("user_2", 1)))
                    .matches(StoreException::isLockWait);
            held.rollback();
        }
        assertThat(receive("msg_", user("user_1", 1), user("user_2", 1))).containsOnly(Receipt.KEPT);
    }
}
