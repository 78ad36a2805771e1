package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.BrokenLog;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No exception ends a thread of the engine, even if logging fails too. Otherwise, an engine could lose a thread without
 * anyone noticing.
 */
@Isolated("Breaks the log, to which other tests write.")
class EngineThreadsTest {
    private static final String[] THREADS = {
        "bellhop-writer-1",
        "bellhop-worker",
        "bellhop-handlers-1",
        "bellhop-retention",
        "bellhop-cascades",
        "bellhop-indexes",
        "bellhop-refusals"
    };

    private final Gate gate = new Gate();
    private final Map<String, Thread> failed = new ConcurrentHashMap<>();
    private final Handlers handlers = Handlers.builder()
            .on(UserEvent.class, "done", (event, run) -> HandlerOutcome.done())
            .build();

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static Object fail(Class<? extends Throwable> kind) throws Exception {
        if (Error.class.isAssignableFrom(kind)) {
            throw (Error) kind.getConstructor(String.class).newInstance("on purpose");
        }
        throw new SQLException("on purpose", "08006");
    }

    private static CompletableFuture<Receipt> submit(SyncEngine engine) {
        byte[] payload = Json.of("{'type':'user.created','data':{'id':'user_1'}}");
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        engine.submit(
                new IncomingMessage("msg_1", EnvelopeReader.read(payload), Instant.now(), payload), answer::complete);
        return answer;
    }

    private static boolean isWaiting(Thread thread) {
        assertThat(thread.isAlive()).as(thread.getName()).isTrue();
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, SQLException.class})
    void continueAfterAnyFault(Class<? extends Throwable> kind) throws Exception {
        gate.set(() -> {
            Thread thread = Thread.currentThread();
            boolean first =
                    thread.getName().startsWith("bellhop-") && failed.putIfAbsent(thread.getName(), thread) == null;
            return first ? fail(kind) : null;
        });
        try (BrokenLog log = new BrokenLog();
                OpenDatabase open = TestDatabase.SQLITE.open();
                SyncEngine engine = new SyncEngine(
                        gate.before(open.database()), SyncSettings.defaults(), handlers, new SimpleMeterRegistry())) {
            engine.start();
            engine.refused("signature-mismatch");
            assertThat(submit(engine).get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.UNAVAILABLE);
            await("each thread has failed once", () -> failed.size() == THREADS.length);
            assertThat(failed).containsOnlyKeys(THREADS);
            failed.forEach((name, thread) -> await(name + " waits for its next turn", () -> isWaiting(thread)));
            await("the engine is ready again", engine::isReady);
            assertThat(submit(engine).get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.KEPT);
            assertThat(log.isStarted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, SQLException.class})
    void startsAfterAnyFault(Class<? extends Throwable> kind) throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        gate.set(() -> first.getAndSet(false) ? fail(kind) : null);
        try (BrokenLog log = new BrokenLog();
                OpenDatabase open = TestDatabase.SQLITE.open();
                SyncEngine engine = new SyncEngine(
                        gate.before(open.database()), SyncSettings.defaults(), handlers, new SimpleMeterRegistry())) {
            engine.startWhenReachable(failure -> {});
            await("the engine is ready", engine::isReady);
            assertThat(first).isFalse();
            assertThat(log.isStarted()).isTrue();
        }
    }
}
