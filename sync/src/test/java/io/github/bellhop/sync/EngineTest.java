package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.ManualClock;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void answersOnceRowIsReadable(TestDatabase kind) throws Exception {
        try (OpenDatabase open = kind.open();
                SyncEngine engine =
                        new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start();
            assertThat(engine.isReady()).isTrue();
            for (int i = 0; i < 50; i++) {
                assertThat(submit(engine, i).get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.KEPT);
                assertThat(Rows.query(open.database(), "select id from clerk_users where id = ?", "user_" + i))
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void clearsExpiredDataInBackground(TestDatabase kind) throws Exception {
        ManualClock clock = new ManualClock();
        try (OpenDatabase open = kind.open()) {
            SyncSettings settings = SyncSettings.builder().clock(clock).build();
            try (SyncEngine engine = new SyncEngine(open.database(), settings, new SimpleMeterRegistry())) {
                engine.start();
                assertThat(submit(engine, 1).get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.KEPT);
            }
            Rows.execute(open.database(), "update bellhop_inbox set received_at = 0");
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            try (SyncEngine engine = new SyncEngine(open.database(), settings, registry)) {
                engine.start();
                for (long end = System.nanoTime() + 20_000_000_000L;
                        Rows.count(open.database(), "bellhop_inbox") > 0 && System.nanoTime() < end; ) {
                    Thread.onSpinWait();
                }
            }
            assertThat(Rows.count(open.database(), "bellhop_inbox")).isZero();
            assertThat(registry.get("bellhop.retention.cleared")
                            .tag("duty", "messages")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(Rows.count(open.database(), "clerk_users")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void answersAllWaitingMessagesOnClose(TestDatabase kind) throws Exception {
        try (OpenDatabase open = kind.open()) {
            List<CompletableFuture<Receipt>> answers = new ArrayList<>();
            try (SyncEngine engine =
                    new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.start();
                for (int i = 0; i < 500; i++) {
                    answers.add(submit(engine, i));
                }
            }
            for (CompletableFuture<Receipt> answer : answers) {
                assertThat(answer).isCompletedWithValue(Receipt.KEPT);
            }
            assertThat(Rows.count(open.database(), "clerk_users")).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void refusesWhileStoreIsDownAndRecovers(TestDatabase kind) throws Exception {
        try (OpenDatabase open = kind.open();
                SyncEngine engine =
                        new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start();
            // Without the inbox, no message can be stored, mirrored or not.
            Rows.execute(open.database(), "alter table bellhop_inbox rename to bellhop_inbox_gone");
            assertThat(submit(engine, 1).get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.UNAVAILABLE);
            Rows.execute(open.database(), "alter table bellhop_inbox_gone rename to bellhop_inbox");

            Receipt receipt = Receipt.UNAVAILABLE;
            for (long end = System.nanoTime() + 20_000_000_000L;
                    receipt == Receipt.UNAVAILABLE && System.nanoTime() < end; ) {
                receipt = submit(engine, 1).get(20, TimeUnit.SECONDS);
            }
            assertThat(receipt).isEqualTo(Receipt.KEPT);
            assertThat(Rows.count(open.database(), "clerk_users")).isEqualTo(1);
        }
    }

    @Test
    void staysClosedWhenDatabaseIsReachedLater() throws Exception {
        try (OpenDatabase open = TestDatabase.SQLITE.open()) {
            Gate gate = new Gate();
            CountDownLatch atTheGate = new CountDownLatch(1);
            CountDownLatch opened = new CountDownLatch(1);
            CompletableFuture<Thread> starting = new CompletableFuture<>();
            gate.set(() -> {
                starting.complete(Thread.currentThread());
                atTheGate.countDown();
                opened.await();
                return null;
            });
            SyncEngine engine =
                    new SyncEngine(gate.before(open.database()), SyncSettings.defaults(), new SimpleMeterRegistry());
            engine.startWhenReachable(failure -> {});
            atTheGate.await();
            engine.close();
            opened.countDown();
            starting.get().join(20_000);
            assertThat(starting.get().isAlive()).isFalse();
            assertThat(engine.isReady()).isFalse();
            assertThat(submit(engine, 1)).isCompletedWithValue(Receipt.UNAVAILABLE);
        }
    }

    @Test
    void awaitsFirstAttemptUntilReadyOrTimeout() throws Exception {
        try (OpenDatabase open = TestDatabase.SQLITE.open()) {
            Gate gate = new Gate();
            CountDownLatch atTheGate = new CountDownLatch(1);
            CountDownLatch opened = new CountDownLatch(1);
            gate.set(() -> {
                atTheGate.countDown();
                opened.await();
                return null;
            });
            try (SyncEngine engine =
                    new SyncEngine(gate.before(open.database()), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.startWhenReachable(failure -> {});
                atTheGate.await();
                engine.awaitFirstAttempt(Duration.ofMillis(50));
                assertThat(engine.isReady()).isFalse();
                CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> {
                    engine.awaitFirstAttempt(Duration.ofMinutes(5));
                    return engine.isReady();
                });
                opened.countDown();
                assertThat(ready.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void awaitsFirstAttemptUntilFailure() throws Exception {
        try (OpenDatabase open = TestDatabase.SQLITE.open()) {
            Gate gate = new Gate();
            gate.set(() -> {
                throw new IllegalStateException("on purpose");
            });
            try (SyncEngine engine =
                    new SyncEngine(gate.before(open.database()), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.startWhenReachable(failure -> {});
                CompletableFuture<Void> awaited =
                        CompletableFuture.runAsync(() -> engine.awaitFirstAttempt(Duration.ofMinutes(5)));
                assertThat(awaited.get(20, TimeUnit.SECONDS)).isNull();
                assertThat(engine.isReady()).isFalse();
            }
        }
    }

    @Test
    void keepsWorkerAfterError() throws Exception {
        try (OpenDatabase open = TestDatabase.SQLITE.open()) {
            Gate gate = new Gate();
            try (SyncEngine engine =
                    new SyncEngine(gate.before(open.database()), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.start();
                CountDownLatch failed = new CountDownLatch(1);
                CountDownLatch continued = new CountDownLatch(1);
                gate.set(() -> {
                    if (Thread.currentThread().getName().equals("bellhop-worker")) {
                        if (failed.getCount() > 0) {
                            failed.countDown();
                            throw new StackOverflowError("on purpose");
                        }
                        continued.countDown();
                    }
                    return null;
                });
                engine.wakeWorker();
                assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
                engine.wakeWorker();
                assertThat(continued.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static CompletableFuture<Receipt> submit(SyncEngine engine, int number) {
        byte[] payload = Json.of(
                "{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_%d','updated_at':1700000000000}}",
                number);
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        engine.submit(
                new IncomingMessage("msg_" + number, EnvelopeReader.read(payload), Instant.now(), payload),
                answer::complete);
        return answer;
    }
}
