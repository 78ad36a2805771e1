package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several instances on one PostgreSQL database, some of which die. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerInstancesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> violation = new AtomicReference<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static byte[] user(int id, int version) {
        return Json.of(
                "{'type':'user.updated','timestamp':%1$d,'data':{'id':'user_%2$d','updated_at':%1$d}}",
                1_700_000_000_000L + version, id);
    }

    private Handlers handlers() {
        return Handlers.builder()
                .on(UserEvent.class, "users", HandlerOptions.DEFAULT.withStale(), (event, run) -> {
                    String user = String.valueOf(event.data().id());
                    if (!active.add(user)) {
                        violation.set("two at once for " + user);
                    }
                    String before = last.put(user, run.messageId());
                    if (before != null && before.compareTo(run.messageId()) >= 0) {
                        violation.set(run.messageId() + " after " + before);
                    }
                    try (PreparedStatement statement =
                            run.connection().prepareStatement("insert into app_log values (?)")) {
                        statement.setString(1, run.messageId());
                        statement.executeUpdate();
                    }
                    active.remove(user);
                    return HandlerOutcome.done();
                })
                .build();
    }

    private static SyncBench bench(DatabaseSettings settings, Handlers handlers) {
        return new SyncBench(TestDatabase.open(settings), unchanged -> unchanged, handlers);
    }

    /**
     * Two writers append to lanes while two workers finish their heads. Every run must be executed once and in order.
     */
    @Test
    void runsOnceInOrderDuringConcurrentAppends() throws Exception {
        int rounds = 200;
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        try (SyncBench first = bench(settings, handlers());
                SyncBench second = bench(settings, handlers())) {
            Rows.execute(first.database(), "create table app_log (message_id text primary key)");
            AtomicBoolean written = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (SyncBench bench : List.of(first, second)) {
                for (int i = 0; i < 2; i++) {
                    running.add(threads.submit(() -> {
                        while (!written.get() || Rows.count(bench.database(), "bellhop_handler_runs") > 0) {
                            boolean unused = bench.handlerWorker.runOnce();
                        }
                    }));
                }
            }
            List<Future<?>> writing = new ArrayList<>();
            for (SyncBench bench : List.of(first, second)) {
                int lane = bench == first ? 0 : 3;
                Callable<Boolean> write = () -> {
                    for (int i = 0; i < rounds; i++) {
                        List<IncomingMessage> batch = new ArrayList<>();
                        for (int user = lane; user < lane + 3; user++) {
                            batch.add(bench.message("msg_%05d_%d".formatted(i, user), user(user, i)));
                        }
                        bench.receiveBatch(batch);
                    }
                    return true;
                };
                writing.add(threads.submit(write));
            }
            for (Future<?> writer : writing) {
                writer.get();
            }
            written.set(true);
            for (Future<?> runner : running) {
                runner.get();
            }
            assertThat(violation.get()).isNull();
            assertThat(Rows.count(first.database(), "app_log")).isEqualTo(6L * rounds);
            assertThat(first.registry.get("bellhop.batch.fallback").counter().count()
                            + second.registry
                                    .get("bellhop.batch.fallback")
                                    .counter()
                                    .count())
                    .isZero();
        }
    }

    /** Two writers that append to one lane at once agree on its head. */
    @Test
    void hasOneHeadAfterConcurrentAppends() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        int rounds = 300;
        try (SyncBench first = bench(settings, handlers());
                SyncBench second = bench(settings, handlers())) {
            Rows.execute(first.database(), "create table app_log (message_id text primary key)");
            List<Future<?>> writing = new ArrayList<>();
            for (SyncBench bench : List.of(first, second)) {
                writing.add(threads.submit(() -> {
                    for (int i = 0; i < rounds; i++) {
                        bench.receiveBatch(List.of(
                                bench.message("msg_%05d_%d".formatted(i, bench == first ? 1 : 2), user(i, 1)),
                                bench.message(
                                        "msg_%05d_%d_x".formatted(i, bench == first ? 1 : 2),
                                        user((i + 7) % rounds, 2))));
                    }
                }));
            }
            for (Future<?> writer : writing) {
                writer.get();
            }
            assertThat(Rows.count(first.database(), "bellhop_handler_runs")).isEqualTo(4L * rounds);
            assertThat(Rows.count(first.database(), "bellhop_handler_runs where head"))
                    .isEqualTo(rounds);
            assertThat(first.registry.get("bellhop.batch.fallback").counter().count()
                            + second.registry
                                    .get("bellhop.batch.fallback")
                                    .counter()
                                    .count())
                    .isZero();
        }
    }

    @Test
    void leavesRunDueWhenInstanceDiesBeforeCommit() {
        try (SyncBench bench = new SyncBench(TestDatabase.POSTGRESQL, handlers())) {
            Rows.execute(bench.database(), "create table app_log (message_id text primary key)");
            String id = bench.receive(user(1, 1));
            assertThatThrownBy(() -> bench.database().inTransaction(dying -> {
                        assertThat(RunSql.claim(
                                        dying,
                                        bench.database().dialect(),
                                        handlers().all().get(0),
                                        bench.clock.millis(),
                                        RunSql.Filter.ALL))
                                .isPresent();
                        try (Statement statement = dying.createStatement()) {
                            statement.execute("insert into app_log values ('written before the crash')");
                        }
                        assertThat(bench.runHandlers())
                                .as("while the run is claimed")
                                .isZero();
                        dying.unwrap(Connection.class).abort(Runnable::run);
                        return null;
                    }))
                    .isInstanceOf(RuntimeException.class);
            for (long end = System.nanoTime() + 10_000_000_000L;
                    bench.runHandlers() == 0 && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertThat(Rows.one(bench.database(), "select message_id from app_log"))
                    .containsEntry("message_id", id);
            assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isZero();
        }
    }
}
