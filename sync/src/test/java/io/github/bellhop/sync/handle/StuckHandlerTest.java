package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.BlockedFailureUpdates;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Lanes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that ignore interrupts block nothing else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckHandlerTest {
    private static final HandlerOptions SHORT = HandlerOptions.DEFAULT
            .withTimeout(Duration.ofMillis(100))
            .withRetry(new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 3));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> callers = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void end() {
        released.countDown();
        threads.shutdownNow();
    }

    /** The engine's components on a connection pool like the program's. */
    private static final class Fixture implements AutoCloseable {
        final SyncBench bench;
        final HandlerWorker worker;
        final Handlers handlers;
        final Database database;
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        private final OpenDatabase pooled;

        Fixture(TestDatabase kind, Handlers handlers, UnaryOperator<Database> around) {
            this.handlers = handlers;
            DatabaseSettings settings = kind.fresh();
            bench = new SyncBench(TestDatabase.open(settings), unchanged -> unchanged, handlers);
            pooled = Databases.open(settings);
            database = pooled.database();
            worker = worker(around.apply(database));
        }

        HandlerWorker worker(Database on) {
            Lanes lanes = new Lanes(on.dialect(), handlers::wanting);
            return new HandlerWorker(on, handlers, lanes, bench.clock, new SyncMetrics(registry));
        }

        void receive(String user) {
            String unused = bench.receive(
                    Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'%s'}}", user));
        }

        double stuck(String handler) {
            return registry.get("bellhop.handler.stuck")
                    .tag("handler", handler)
                    .gauge()
                    .value();
        }

        @Override
        public void close() {
            worker.close();
            pooled.close();
            bench.close();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private HandlerOutcome ignoreInterrupts() {
        while (released.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            boolean unused = Thread.interrupted();
        }
        return HandlerOutcome.done();
    }

    private Handlers ignoring() {
        return Handlers.builder()
                .on(UserEvent.class, "ignoring", SHORT, (event, run) -> {
                    calls.add(run.messageId() + " attempt " + run.attempt());
                    return ignoreInterrupts();
                })
                .build();
    }

    /** A read from a socket without a timeout ignores interrupts. */
    private static HandlerOutcome read(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            int unused = socket.getInputStream().read();
            return HandlerOutcome.done();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void replacesStuckThreadAndMakesRunDeadLetter(TestDatabase kind) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Fixture fixture = new Fixture(kind, readers(silent.getLocalPort()), unchanged -> unchanged)) {
            fixture.receive("user_stuck");
            fixture.receive("user_other");
            try (HandlerThreads running =
                    new HandlerThreads(fixture.worker, 1, Duration.ofMillis(20), RunEnvironment.daemons())) {
                running.start();
                await("the other user's event is handled", () -> calls.contains("reader user_other"));
                await("the other handler is called", () -> calls.contains("quick user_stuck"));
                await("the call is counted", () -> fixture.stuck("reader") == 1);
                assertThat(fixture.stuck("quick")).isZero();
                await("the run is dead", () -> {
                    fixture.bench.clock.advance(Duration.ofMillis(500));
                    return Rows.count(fixture.bench.database(), "bellhop_dead_letters") == 1;
                });
                assertThat(Rows.one(
                                fixture.bench.database(),
                                "select handler, attempts, reason, head from bellhop_handler_runs"))
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("handler", "reader", "attempts", 3L, "reason", "timed-out", "head", 0L));
                assertThat(calls).filteredOn("reader user_stuck"::equals).hasSize(1);

                silent.accept().close();
                await("the thread has ended", () -> callers.stream().anyMatch(caller -> !caller.isAlive()));
                assertThat(fixture.stuck("reader")).isZero();
                fixture.receive("user_later");
                await("the replacing thread works", () -> calls.contains("reader user_later"));
            }
        }
    }

    @Test
    void replacesStuckThreadOnceThreadCanBeCreated() {
        AtomicInteger created = new AtomicInteger();
        ThreadFactory daemons = RunEnvironment.daemons();
        ThreadFactory failsOnce = task -> {
            if (created.incrementAndGet() == 2) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return daemons.newThread(task);
        };
        try (Fixture fixture = new Fixture(TestDatabase.SQLITE, ignoring(), unchanged -> unchanged);
                HandlerThreads running = new HandlerThreads(fixture.worker, 1, Duration.ofMillis(20), failsOnce)) {
            fixture.receive("user_1");
            running.start();
            await("the call is stuck", () -> fixture.stuck("ignoring") == 1);
            fixture.receive("user_2");
            await("another thread replaces it", () -> calls.contains("msg_000002 attempt 1"));
            assertThat(created).hasValueGreaterThan(2);
            released.countDown();
        }
    }

    private Handlers readers(int port) {
        return Handlers.builder()
                .on(UserEvent.class, "reader", SHORT, (event, run) -> {
                    calls.add("reader " + event.data().id());
                    if (!"user_stuck".equals(event.data().id())) {
                        return HandlerOutcome.done();
                    }
                    callers.add(Thread.currentThread());
                    return read(port);
                })
                .on(UserEvent.class, "quick", SHORT, (event, run) -> {
                    calls.add("quick " + event.data().id());
                    return HandlerOutcome.done();
                })
                .build();
    }

    /** Blocks the threads that end runs when they request a connection, until the latch is open. */
    private static Gate gate(CountDownLatch open, Queue<Thread> waiting) {
        Gate gate = new Gate();
        gate.set(() -> {
            if (Thread.currentThread().getName().startsWith("bellhop-")) {
                waiting.add(Thread.currentThread());
                open.await();
            }
            return null;
        });
        return gate;
    }

    /** The claim is lost, and the failure cannot be recorded yet because no connection is available. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void doesNotCallAgainBeforeTimeoutIsRecorded(TestDatabase kind) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Gate gate = gate(open, waiting);
        try (Fixture fixture = new Fixture(kind, ignoring(), gate::before)) {
            fixture.receive("user_1");
            Future<Boolean> first = threads.submit(fixture.worker::runOnce);
            await("the recording waits", () -> !waiting.isEmpty());
            await("the claim is lost", () -> isClaimable(kind, fixture.bench.database()));
            assertThat(fixture.worker.runOnce()).isFalse();
            open.countDown();
            assertRecordedOnce(fixture, first);
        }
    }

    private static boolean isClaimable(TestDatabase kind, Database database) {
        if (kind == TestDatabase.SQLITE) {
            Rows.execute(database, "update bellhop_handler_runs set attempts = 0");
            return true;
        }
        String claim = "select 1 from bellhop_handler_runs for update skip locked";
        return !Rows.query(database, claim).isEmpty();
    }

    private void assertRecordedOnce(Fixture fixture, Future<Boolean> first) throws Exception {
        Map<String, Object> one = Map.of("attempts", 1L);
        await(
                "the failure is recorded",
                () -> one.equals(Rows.one(fixture.bench.database(), "select attempts from bellhop_handler_runs")));
        released.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Rows.one(fixture.bench.database(), "select attempts from bellhop_handler_runs"))
                .isEqualTo(one);
        assertThat(calls).containsExactly("msg_000001 attempt 1");
    }

    /** The claim is lost, and the transaction that records the failure is not yet committed. */
    @Test
    void otherInstanceDoesNotCallWhileTimeoutIsRecorded() throws Exception {
        BlockedFailureUpdates notes = new BlockedFailureUpdates();
        try (Fixture fixture = new Fixture(TestDatabase.POSTGRESQL, ignoring(), notes::before);
                HandlerWorker otherWorker = fixture.worker(fixture.database)) {
            fixture.receive("user_1");
            Future<Boolean> first = threads.submit(fixture.worker::runOnce);
            notes.awaitUpdate();
            await("the claim is lost", () -> isClaimable(TestDatabase.POSTGRESQL, fixture.bench.database()));
            assertThat(otherWorker.runOnce()).isFalse();
            notes.release();
            assertRecordedOnce(fixture, first);
        }
    }

    /** If the timer waited for the database, other handlers would never time out. */
    @Test
    void interruptsOthersWhileDatabaseBlocksSome() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Gate gate = gate(open, waiting);
        ConcurrentLinkedQueue<String> interrupted = new ConcurrentLinkedQueue<>();
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "ignoring", SHORT, (event, run) -> {
                    calls.add(String.valueOf(event.data().id()));
                    while (!Thread.interrupted()) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    interrupted.add(String.valueOf(event.data().id()));
                    return ignoreInterrupts();
                })
                .build();
        try (Fixture fixture = new Fixture(TestDatabase.POSTGRESQL, handlers, gate::before)) {
            for (int i = 1; i <= 3; i++) {
                fixture.receive("user_" + i);
                Future<Boolean> unused = threads.submit(fixture.worker::runOnce);
                int started = i;
                await("the handler is called", () -> calls.size() == started);
                if (i < 3) {
                    await("the recording of its failure waits", () -> waiting.size() >= started);
                }
            }
            await("the third handler is interrupted", () -> interrupted.contains("user_3"));
            open.countDown();
        }
    }

    @Test
    void startsNoFurtherRunOfHandlerWithTooManyStuckCalls() throws Exception {
        int limit = ActiveCalls.MAX_STUCK;
        try (Fixture fixture = new Fixture(TestDatabase.POSTGRESQL, ignoring(), unchanged -> unchanged);
                HandlerThreads running =
                        new HandlerThreads(fixture.worker, 4, Duration.ofMillis(20), RunEnvironment.daemons())) {
            IntStream.range(0, limit).forEach(i -> fixture.receive("user_" + i));
            running.start();
            await("the calls are stuck", () -> fixture.stuck("ignoring") == limit);
            fixture.receive("user_later");
            running.wake();
            await("their attempts are still counted", () -> {
                fixture.bench.clock.advance(Duration.ofMillis(500));
                return Rows.count(fixture.bench.database(), "bellhop_dead_letters") == limit;
            });
            assertThat(calls).hasSize(limit);
            released.countDown();
            await(
                    "the remaining run is done",
                    () -> Rows.count(fixture.bench.database(), "bellhop_handler_runs") == limit);
            assertThat(calls).hasSize(limit + 1);
            assertThat(List.copyOf(calls)).doesNotHaveDuplicates();
        }
    }
}
