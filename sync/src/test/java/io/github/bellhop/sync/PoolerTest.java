package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.PgBouncer;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine behind a connection pooler that assigns each transaction to a different server session. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SameOnEveryJdk
class PoolerTest {
    private static final int MESSAGES = 600;

    private static List<Receipt> deliver(SyncEngine engine) throws Exception {
        List<CompletableFuture<Receipt>> answers = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] payload = Json.of(
                    i % 10 == 9
                            ? "{'type':'user.deleted','timestamp':1800000000000,'data':{'id':'user_%d'}}"
                            : "{'type':'user.updated','timestamp':1700000000000,'data':{'id':'user_%d','updated_at':1}}",
                    i);
            CompletableFuture<Receipt> answer = new CompletableFuture<>();
            engine.submit(
                    new IncomingMessage("msg_" + i, EnvelopeReader.read(payload), Instant.now(), payload),
                    answer::complete);
            answers.add(answer);
            if (i % 20 == 0) {
                answer.get(20, TimeUnit.SECONDS);
            }
        }
        List<Receipt> receipts = new ArrayList<>();
        for (CompletableFuture<Receipt> answer : answers) {
            receipts.add(answer.get(20, TimeUnit.SECONDS));
        }
        return receipts;
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "bellhop_here")
    void createsTablesStoresMessagesAndRunsHandlers(String schema) throws Exception {
        DatabaseSettings server = TestDatabase.POSTGRESQL.fresh();
        Database direct = Databases.unpooled(server);
        Rows.execute(direct, "drop schema public cascade");
        Rows.execute(direct, "create schema public");
        Set<String> handled = ConcurrentHashMap.newKeySet();
        Handlers handlers = Handlers.builder()
                .on(ClerkEvent.class, "noting", (event, run) -> {
                    handled.add(event.meta().messageId());
                    return HandlerOutcome.done();
                })
                .build();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (PgBouncer pooler = PgBouncer.before(server);
                OpenDatabase open = Databases.open(in(pooler.settings(), schema));
                OpenDatabase second = Databases.open(in(pooler.settings(), schema));
                SyncEngine engine = new SyncEngine(open.database(), SyncSettings.defaults(), handlers, registry);
                SyncEngine other = new SyncEngine(second.database(), SyncSettings.defaults(), handlers, registry)) {
            CompletableFuture<Void> concurrentStart = CompletableFuture.runAsync(other::start);
            engine.start();
            concurrentStart.get(60, TimeUnit.SECONDS);
            assertThat(deliver(engine)).containsOnly(Receipt.KEPT);
            assertThat(deliver(other)).containsOnly(Receipt.KNOWN);
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (handled.size() < MESSAGES) {
                assertThat(System.nanoTime()).as("handled %d", handled.size()).isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(registry.get("bellhop.batch.fallback").counter().count()).isZero();
            assertThat(Rows.count(open.database(), "clerk_users")).isEqualTo(MESSAGES - MESSAGES / 10);
        }
        assertThat(Rows.query(
                        direct,
                        "select distinct schemaname from pg_tables where tablename like any "
                                + "(array['clerk\\_%', 'bellhop\\_%'])"))
                .containsExactly(Map.of("schemaname", schema == null ? "public" : schema));
    }

    private static DatabaseSettings in(DatabaseSettings settings, String schema) {
        return new DatabaseSettings(settings.url(), settings.user(), settings.password(), schema);
    }

    /** The app's own transactions use the same sessions. */
    @Test
    void leavesNoSettingsInSharedSessions() throws Exception {
        DatabaseSettings server = TestDatabase.POSTGRESQL.fresh();
        try (PgBouncer pooler = PgBouncer.before(server);
                OpenDatabase open = Databases.open(in(pooler.settings(), "bellhop_here"))) {
            try (SyncEngine engine =
                    new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.start();
                assertThat(deliver(engine)).containsOnly(Receipt.KEPT);
            }
            Database app = Databases.unpooled(pooler.settings());
            for (int i = 0; i < 10; i++) {
                assertThat(Rows.query(
                                app,
                                "select name from pg_settings where source = 'session' and name in"
                                        + " ('search_path', 'lock_timeout', 'statement_timeout',"
                                        + " 'idle_in_transaction_session_timeout', 'enable_seqscan')"))
                        .isEmpty();
                assertThat(Rows.query(
                                app,
                                "select 1 from pg_locks where locktype = 'advisory' and database ="
                                        + " (select oid from pg_database where datname = current_database())"))
                        .isEmpty();
            }
        }
    }
}
