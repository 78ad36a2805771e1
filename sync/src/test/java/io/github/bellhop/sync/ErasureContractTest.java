package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.erase.Erasure;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Person;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * After an erasure, only the person's ids are left, erased data does not return, and other people's data is unchanged.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class ErasureContractTest {
    private static final String ID = "user_erased";

    @Parameter
    TestDatabase kind;

    private SyncBench bench;
    private Person person;
    private Person other;
    private List<byte[]> byAddress;

    @BeforeEach
    void open() {
        open(Deletes.SOFT);
    }

    private void open(Deletes deletes) {
        bench = new SyncBench(
                kind,
                settings -> settings.withMirror(settings.mirror()
                        .withPrivateMetadata(TableChoice.ALL)
                        .withRaw(TableChoice.ALL)
                        .withDeletes(deletes)));
        person = new Person("Zqx7MarkErased", ID, bench.clock, 1);
        other = new Person("Yqx7MarkOther", "user_other", bench.clock, 2);
        byAddress = person.eventsByAddress();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void receiveEverything() {
        person.events().forEach(bench::receive);
        byAddress.forEach(bench::receive);
        bench.receive(person.invitationSent("orginv_sent"));
        other.events().forEach(bench::receive);
        other.eventsByAddress().forEach(bench::receive);
        bench.receive(other.invitationSent("orginv_other"));
    }

    private List<String> linesWith(String text) {
        return Dump.of(bench.database()).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    private void assertNothingLeft() {
        assertThat(linesWith("Zqx7MarkErased")).isEmpty();
    }

    private static byte[] deleted(String id) {
        return Json.of(
                "{'type':'user.deleted','timestamp':1800000000000,'data':{'id':'%s','object':'user','deleted':true}}",
                id);
    }

    @Test
    void leavesOnlyIdsOfPersonAndAllDataOfOthers() {
        receiveEverything();
        List<String> others = linesWith("MarkOther");
        assertThat(linesWith("Zqx7MarkErased")).hasSizeGreaterThan(20);
        assertThat(others).hasSizeGreaterThan(20);
        List<String> before = Dump.of(bench.database());
        Map<String, Long> previewed = bench.eraser.preview(ID, Set.of());
        assertThat(Dump.of(bench.database())).isEqualTo(before);
        assertThat(bench.eraser.find(ID)).isEmpty();

        Erasure receipt = bench.eraser.erase(ID);

        assertNothingLeft();
        assertThat(Dump.of(bench.database())).containsAll(others);
        assertThat(receipt.erasedAt()).isEqualTo(bench.clock.instant());
        assertThat(bench.eraser.find(ID)).contains(receipt);
        assertThat(bench.eraser.preview(ID, Set.of())).isEmpty();
        assertThat(receipt.counts())
                .isEqualTo(previewed)
                .containsEntry("clerk_users", 1L)
                .containsEntry("clerk_sessions", 2L)
                .containsEntry("clerk_audit_log", 2L)
                .containsEntry("clerk_waitlist_entries", 2L)
                .containsKeys("bellhop_inbox", "clerk_billing_payers", "clerk_organization_invitations");
        assertThat(Rows.one(bench.database(), "select * from bellhop_erasures"))
                .containsEntry("user_id", ID)
                .containsEntry("erased_at", bench.clock.millis());
        assertThat(Rows.one(bench.database(), "select * from clerk_organization_invitations where id = 'orginv_sent'"))
                .containsEntry("email_address", "other@example.com")
                .containsEntry("inviter_identifier", null);
    }

    @Test
    void keepsErasedDataOutAfterLaterMessages() {
        receiveEverything();
        bench.eraser.erase(ID);
        bench.eraser.compact();
        List<String> others = linesWith("MarkOther");

        String update = bench.receive(person.events().get(1));
        person.events().forEach(bench::receive);
        byAddress.subList(0, 3).forEach(bench::receive);
        assertThat(bench.stateOf(bench.receive(person.invitationSent("orginv_sent_late"))))
                .isEqualTo("mirrored");
        bench.receive(deleted(ID));

        assertNothingLeft();
        assertThat(Dump.of(bench.database())).containsAll(others);
        assertThat(Rows.one(bench.database(), "select * from bellhop_inbox where message_id = ?", update))
                .containsEntry("state", "kept")
                .containsEntry("reason", "erased")
                .containsEntry("payload", null);
        assertThat(Rows.one(
                        bench.database(), "select * from clerk_organization_invitations where id = 'orginv_sent_late'"))
                .containsEntry("status", "pending")
                .containsEntry("inviter_identifier", null);
    }

    @Test
    void erasesPersonBeforeFirstMessage() {
        bench.eraser.erase(ID);
        person.events().forEach(bench::receive);
        assertNothingLeft();
    }

    @Test
    void finishesErasureAfterCrash() {
        receiveEverything();
        Gate gate = new Gate();
        List<Instant> unfinished = new ArrayList<>();
        Eraser crashing = new Eraser(gate.before(bench.database()), bench.clock);
        for (int crash = 1; crash < 60; crash += 4) {
            crashAfter(crash, gate);
            if (completes(crashing)) {
                break;
            }
            bench.eraser.find(ID).ifPresent(receipt -> unfinished.add(receipt.erasedAt()));
        }
        gate.set(() -> null);
        assertThat(unfinished).containsOnlyNulls().hasSizeGreaterThan(5);
        Erasure receipt = crashing.erase(ID);
        assertNothingLeft();
        assertThat(receipt.counts()).containsEntry("clerk_users", 1L).containsEntry("clerk_sessions", 2L);
    }

    /** Makes the database fail once, after it has handed out this many connections. */
    private static void crashAfter(int statements, Gate gate) {
        AtomicInteger left = new AtomicInteger(statements);
        gate.set(() -> {
            if (left.getAndDecrement() == 0) {
                throw new SQLException("gone", "08006");
            }
            return null;
        });
    }

    /** The addresses may be known only from the caller, or from rows that were deleted before the crash. */
    @Test
    void finishesErasureWithAddressesOfCrashedCall() {
        String stranger = "Stranger@Zqx7MarkErased.example";
        int rounds = 0;
        for (int crash : List.of(1, 2, 3, 5, 8, 13, 21, 34)) {
            bench.close();
            open(Deletes.SOFT);
            person.events().forEach(bench::receive);
            byAddress.forEach(bench::receive);
            bench.receive(Json.of(
                    "{'type':'waitlistEntry.created','data':{'id':'wait_1','email_address':'%s','status':'pending'}}",
                    stranger));
            Gate gate = new Gate();
            Eraser crashing = new Eraser(gate.before(bench.database()), bench.clock);
            crashAfter(crash, gate);
            try {
                crashing.erase(ID, List.of(stranger.toLowerCase()));
            } catch (RuntimeException crashed) {
                gate.set(() -> null);
            }
            Erasure unfinished = bench.eraser.find(ID).orElse(null);
            if (unfinished != null && unfinished.erasedAt() == null) {
                rounds++;
                assertThat(Rows.count(bench.database(), "bellhop_erasure_addresses"))
                        .isGreaterThan(1);

                bench.retention.runOnce(() -> true);

                assertNothingLeft();
                assertThat(bench.eraser.find(ID).orElseThrow().erasedAt()).isNotNull();
            }
        }
        assertThat(rounds).isGreaterThan(3);
    }

    @Test
    void staysUnfinishedWhileAddressesOfAnotherCallWait() {
        Gate gate = new Gate();
        Eraser first = new Eraser(gate.before(bench.database()), bench.clock);
        AtomicInteger left = new AtomicInteger(4);
        gate.set(() -> {
            if (left.getAndDecrement() == 0) {
                // The second call begins while the first is running, and fails at once.
                Gate second = new Gate();
                crashAfter(1, second);
                assertThatThrownBy(() -> new Eraser(second.before(bench.database()), bench.clock)
                                .erase(ID, List.of("second@example.com")))
                        .isInstanceOf(RuntimeException.class);
            }
            return null;
        });
        assertThat(first.erase(ID, List.of("first@example.com")).erasedAt()).isNull();
        assertThat(Rows.one(bench.database(), "select address from bellhop_erasure_addresses"))
                .containsValue("second@example.com");
        bench.eraser.eraseRequested();
        assertThat(bench.eraser.find(ID).orElseThrow().erasedAt()).isNotNull();
        assertThat(Rows.count(bench.database(), "bellhop_erasure_addresses")).isZero();
    }

    private static boolean completes(Eraser eraser) {
        try {
            eraser.erase(ID);
            return true;
        } catch (RuntimeException crashed) {
            return false;
        }
    }

    @Test
    void erasesOnEveryDeletionIfConfigured() {
        bench.close();
        open(Deletes.ERASE);
        receiveEverything();
        List<String> others = linesWith("MarkOther");

        bench.receive(deleted(ID));
        bench.retention.runOnce(() -> true);

        assertNothingLeft();
        assertThat(Dump.of(bench.database())).containsAll(others);
        assertThat(Rows.one(bench.database(), "select user_id from bellhop_erasures"))
                .containsEntry("user_id", ID);
    }

    @Test
    void clearsUnappliedMessagesOfErasedPerson() {
        bench.close();
        bench = new SyncBench(
                kind,
                settings -> settings.toBuilder()
                        .expectedInstanceId("ins_mine")
                        .build()
                        .withMirror(settings.mirror().withTables(TableChoice.NONE)));
        byte[] foreign = Json.of("{'type':'user.updated','instance_id':'ins_other',"
                + "'data':{'id':'user_erased','first_name':'Zqx7MarkErased'}}");
        byte[] dead = Json.of("{'type':'session.created','data':{'user_id':'user_erased','city':'Zqx7MarkErased'}}");
        byte[] unknown = Json.of(
                "{'type':'weather.changed','data':{'id':'w_1','user_id':'user_erased','city':'Zqx7MarkErased'}}");
        byte[] unwanted = Json.of("{'type':'user.updated','data':{'id':'user_erased','city':'Zqx7MarkErased'}}");
        List<byte[]> all = List.of(foreign, dead, unknown, unwanted);
        assertThat(all.stream().map(bench::receive).map(bench::stateOf))
                .containsExactly("aside", "dead", "kept", "kept");
        bench.eraser.erase(ID);
        assertNothingLeft();
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();

        assertThat(all.stream().map(bench::receive).map(bench::stateOf)).containsOnly("kept");
        assertNothingLeft();
    }

    @Test
    void clearsMessageThatWaitsForWorker() {
        String waiting = bench.receive(person.events().get(0));
        bench.replay.replay(waiting);
        bench.eraser.erase(ID);
        assertThat(Rows.one(bench.database(), "select * from bellhop_inbox"))
                .containsEntry("next_attempt_at", null)
                .containsEntry("reason", "erased");
        assertThat(bench.replay.replay(waiting)).isEqualTo(Replay.Outcome.PAYLOAD_EXPIRED);
        assertThat(bench.worker.runOnce()).isZero();
    }

    @Test
    void leavesNothingDuringConcurrentWrites() throws Exception {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            bench.close();
            open(Deletes.SOFT);
            List<IncomingMessage> messages = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                person.events().forEach(payload -> messages.add(bench.message("msg_" + messages.size(), payload)));
            }
            Collections.shuffle(messages, random);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < messages.size(); i += 6) {
                    bench.receiveBatch(messages.subList(i, i + 6));
                }
            });
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> bench.eraser.erase(ID));
            bench.eraser.erase(ID);
            second.get(60, TimeUnit.SECONDS);
            writing.get(60, TimeUnit.SECONDS);
            bench.worker.runOnce();
            assertThat(linesWith("Zqx7MarkErased")).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void erasesByAddressesFromCaller() {
        byAddress.forEach(bench::receive);
        List<String> addresses = List.of(person.address().toUpperCase());
        Map<String, Long> previewed = bench.eraser.preview(ID, addresses);
        assertThat(bench.eraser.erase(ID, addresses).counts())
                .isEqualTo(previewed)
                .containsEntry("clerk_waitlist_entries", 2L);
        assertNothingLeft();
    }

    @Test
    void rejectsInvalidId() {
        assertThatThrownBy(() -> bench.eraser.erase(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bench.eraser.erase("x".repeat(256))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Rows.count(bench.database(), "bellhop_tombstones")).isZero();
    }

    /** No row of the mirror refers to these messages. */
    @Test
    void clearsPayloadsOfTablesNotMirrored() {
        bench.close();
        bench = new SyncBench(
                kind,
                settings -> settings.withMirror(settings.mirror()
                        .withTables(TableChoice.allBut("clerk_organization_invitations", "clerk_waitlist_entries"))));
        receiveEverything();
        assertErasedWithEverythingOfOthers();
    }

    @Test
    void clearsPayloadsOfRemovedRows() {
        bench.close();
        open(Deletes.HARD);
        receiveEverything();
        for (String id : Rows.query(bench.database(), "select id from clerk_organizations").stream()
                .map(row -> (String) row.get("id"))
                .toList()) {
            bench.receive(Json.of("{'type':'organization.deleted','data':{'id':'%s','deleted':true}}", id));
        }
        Rows.execute(bench.database(), "delete from clerk_organization_invitations");
        assertErasedWithEverythingOfOthers();
    }

    private void assertErasedWithEverythingOfOthers() {
        List<String> others = linesWith("MarkOther").stream()
                .filter(line -> line.startsWith("bellhop_inbox") && !line.contains("Zqx7MarkErased"))
                .toList();
        assertThat(others).hasSizeGreaterThan(10);
        Map<String, Long> previewed = bench.eraser.preview(ID, Set.of());
        assertThat(bench.eraser.erase(ID).counts()).isEqualTo(previewed);
        assertNothingLeft();
        assertThat(Dump.of(bench.database())).containsAll(others);
    }

    @Test
    void acceptsMoreAddressesThanStatementParameters() {
        byAddress.forEach(bench::receive);
        bench.receive(other.events().get(0));
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 66_000; i++) {
            addresses.add("somebody%d@example.org".formatted(i));
        }
        addresses.add(person.address());
        Map<String, Long> previewed = bench.eraser.preview(ID, addresses);
        assertThat(bench.eraser.erase(ID, addresses).counts())
                .isEqualTo(previewed)
                .containsEntry("clerk_waitlist_entries", 2L);
        assertNothingLeft();
        assertThat(linesWith("MarkOther")).isNotEmpty();
        assertThat(Rows.count(bench.database(), "bellhop_erasure_addresses")).isZero();
    }

    @Test
    void resumesSearchAfterCrash() {
        person.events().forEach(bench::receive);
        fillInbox(12_000);
        byAddress.forEach(bench::receive);
        Gate gate = new Gate();
        Eraser crashing = new Eraser(gate.before(bench.database()), bench.clock);
        AtomicInteger reads = new AtomicInteger();
        gate.set(() -> {
            boolean started =
                    Rows.count(bench.database(), "bellhop_erasure_addresses where searched_at is not null") > 0;
            if (started && reads.incrementAndGet() > 1) {
                throw new SQLException("gone", "08006");
            }
            return null;
        });
        assertThatThrownBy(() -> crashing.erase(ID, List.of(person.address()))).isInstanceOf(RuntimeException.class);
        assertThat(Rows.query(bench.database(), "select distinct searched_id from bellhop_erasure_addresses"))
                .hasSize(1);

        Gate counting = new Gate();
        AtomicInteger connections = new AtomicInteger();
        counting.set(connections::incrementAndGet);
        Eraser second = new Eraser(counting.before(bench.database()), bench.clock);
        second.eraseRequested();
        int resumed = connections.getAndSet(0);

        assertNothingLeft();
        assertThat(bench.eraser.find(ID).orElseThrow().erasedAt()).isNotNull();
        second.erase(ID);
        assertThat(resumed).isLessThan(connections.get());
    }

    private void fillInbox(int messages) {
        String payload = kind == TestDatabase.SQLITE ? "x'7b7d'" : "'\\x7b7d'::bytea";
        Rows.execute(bench.database(), """
                insert into bellhop_inbox (message_id, received_at, state, attempts, payload)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < %d)
                select 'msg_fill_' || n, %d, 'kept', 0, %s from numbers""".formatted(messages, bench.clock.millis(), payload));
    }

    @Test
    void reportsThatReaderKeepsCopiesInLog() throws Exception {
        Assumptions.assumeTrue(kind == TestDatabase.SQLITE, "Only SQLite keeps its log in a file next to the database");
        receiveEverything();
        String file = (String) Rows.one(bench.database(), "select file from pragma_database_list where seq = 0")
                .get("file");
        SQLiteConfig impatient = new SQLiteConfig();
        impatient.setBusyTimeout(10);
        impatient.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        impatient.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource source = new SQLiteDataSource(impatient);
        source.setUrl("jdbc:sqlite:" + file);
        Eraser eraser = new Eraser(Database.of(source, bench.database().dialect()), bench.clock);
        SQLiteConfig reading = new SQLiteConfig();
        SQLiteDataSource others = new SQLiteDataSource(reading);
        others.setUrl(source.getUrl());
        try (Connection reader = others.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("select count(*) from clerk_users")) {
                assertThat(row.next()).isTrue();
                eraser.erase(ID);
                assertThat(eraser.compact()).isFalse();
            }
            reader.rollback();
        }
        assertThat(eraser.compact()).isTrue();
        assertThat(bytes(Path.of(file))).contains("Yqx7MarkOther").doesNotContain("Zqx7MarkErased");
    }

    @Test
    void leavesNothingInDatabaseFile() throws IOException {
        Assumptions.assumeTrue(kind == TestDatabase.SQLITE, "Only an SQLite file can be read by tests");
        receiveEverything();
        Path file = Path.of((String) Rows.one(bench.database(), "select file from pragma_database_list where seq = 0")
                .get("file"));
        assertThat(bytes(file)).contains("Zqx7MarkErased");

        bench.eraser.erase(ID);
        bench.eraser.compact();

        assertThat(bytes(file)).contains("Yqx7MarkOther").doesNotContain("Zqx7MarkErased");
    }

    private static String bytes(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.readString(file, StandardCharsets.ISO_8859_1)
                + (Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "");
    }
}
