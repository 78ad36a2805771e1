package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Lanes;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that times out is ended and its writes are rolled back, whatever it does afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerTimeoutTest {
    private static final HandlerOptions SHORT = HandlerOptions.DEFAULT.withTimeout(Duration.ofMillis(100));

    private static void write(HandlerRun run) throws SQLException {
        try (Statement statement = run.connection().createStatement()) {
            statement.execute("insert into app_log values ('written')");
        }
    }

    /** A worker on a connection pool like the program's, which must drop aborted connections. */
    private static final class Fixture implements AutoCloseable {
        final SyncBench bench;
        final HandlerWorker handlerWorker;
        private final OpenDatabase pooled;

        Fixture(TestDatabase kind, EventHandler<UserEvent> first) {
            Handlers handlers = Handlers.builder()
                    .on(UserEvent.class, "users", SHORT, (event, run) -> {
                        write(run);
                        return run.attempt() == 1 ? first.handle(event, run) : HandlerOutcome.done();
                    })
                    .build();
            DatabaseSettings settings = kind.fresh();
            bench = new SyncBench(TestDatabase.open(settings), unchanged -> unchanged, handlers);
            Rows.execute(bench.database(), "create table app_log (note text)");
            bench.receive(Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1'}}"));
            bench.receive(Json.of("{'type':'user.updated','timestamp':1700000000001,'data':{'id':'user_1'}}"));
            pooled = Databases.open(settings);
            Lanes lanes = new Lanes(pooled.database().dialect(), handlers::wanting);
            handlerWorker =
                    new HandlerWorker(pooled.database(), handlers, lanes, bench.clock, new SyncMetrics(bench.registry));
        }

        @Override
        public void close() {
            handlerWorker.close();
            pooled.close();
            bench.close();
        }
    }

    private static double timedOut(SyncBench bench) {
        Counter counter = bench.registry
                .find("bellhop.handler.runs")
                .tag("outcome", "timed-out")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void assertRetried(Fixture fixture) {
        SyncBench bench = fixture.bench;
        assertThat(Rows.count(bench.database(), "app_log")).isZero();
        assertThat(Rows.one(bench.database(), "select attempts, reason from bellhop_handler_runs where head"))
                .containsEntry("attempts", 1L)
                .containsEntry("reason", "timed-out");
        assertThat(fixture.handlerWorker.runOnce())
                .as("the lane is still blocked")
                .isFalse();
        // The thread that aborted the connection counts the timeout after its commit, and may lock the row a moment
        // longer.
        await("the timeout is counted", () -> timedOut(bench) == 1);
        bench.clock.advance(Duration.ofSeconds(7));
        await("the run is retried", fixture.handlerWorker::runOnce);
        assertThat(Rows.count(bench.database(), "app_log")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void interruptsHandlerAndRollsBack(TestDatabase kind) {
        try (Fixture fixture = new Fixture(kind, (event, run) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                return HandlerOutcome.done();
            }
            throw new AssertionError();
        })) {
            assertThat(fixture.handlerWorker.runOnce()).isTrue();
            assertRetried(fixture);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void abortsConnectionWhenHandlerIgnoresInterrupt(TestDatabase kind) {
        try (Fixture fixture = new Fixture(kind, (event, run) -> {
            while (!run.connection().isClosed()) {
                Thread.onSpinWait();
            }
            return HandlerOutcome.done();
        })) {
            assertThat(fixture.handlerWorker.runOnce()).isTrue();
            assertRetried(fixture);
        }
    }

    /** Otherwise the server would continue the statement and hold the run's lock after the handler has ended. */
    @Test
    void endsStatementThatHandlerWaitsFor() {
        try (Fixture fixture = new Fixture(TestDatabase.POSTGRESQL, (event, run) -> {
            try (Statement statement = run.connection().createStatement()) {
                statement.execute("select pg_sleep(600)");
            }
            return HandlerOutcome.done();
        })) {
            assertThat(fixture.handlerWorker.runOnce()).isTrue();
            assertRetried(fixture);
        }
    }
}
