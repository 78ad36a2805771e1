package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that takes longer than the driver's socket timeout, which is one second here. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongWorkTest {
    private static final String SECONDS_ABOVE_TIMEOUT = "1.8";
    private static final String ASLEEP = "select pid from pg_stat_activity where datname = current_database()"
            + " and wait_event = 'PgSleep' and state = 'active'";

    private final DatabaseSettings server = TestDatabase.POSTGRESQL.fresh();
    private final Database direct = Databases.unpooled(server);

    private OpenDatabase impatient() {
        return Databases.open(
                new DatabaseSettings(server.url() + "?socketTimeout=1", server.user(), server.password()));
    }

    /** Reverts the last migration, and makes the next table creation slow. */
    private void slowDownNextMigration(String seconds) {
        Rows.execute(direct, "delete from bellhop_schema_history where version = '10'");
        Rows.execute(
                direct,
                "alter table bellhop_handler_runs drop column first_failed_at, drop column last_failed_at, drop column detail");
        Rows.execute(direct, "drop table bellhop_handlers");
        Rows.execute(
                direct,
                "create function doze() returns event_trigger language plpgsql as $$ begin perform pg_sleep(" + seconds
                        + "); end $$");
        Rows.execute(
                direct,
                "create event trigger doze on ddl_command_start when tag in ('CREATE TABLE') execute function doze()");
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void allowsLongMigration() {
        slowDownNextMigration(SECONDS_ABOVE_TIMEOUT);
        try (OpenDatabase open = impatient()) {
            Schema.migrate(open.database());
            assertThat(Rows.count(direct, "bellhop_handlers")).isZero();
            assertThat(Schema.pending(direct)).isEmpty();
        }
    }

    @Test
    void cancelsMigrationWhenEngineIsClosed() {
        slowDownNextMigration("600");
        List<Throwable> failures = new ArrayList<>();
        try (OpenDatabase open = impatient()) {
            SyncEngine engine = new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry());
            engine.startWhenReachable(failures::add);
            await("the migration is running", () -> !Rows.query(direct, ASLEEP).isEmpty());
            engine.close();
            await("the migration is cancelled", () -> Rows.query(direct, ASLEEP).isEmpty());
            assertThat(failures).isEmpty();
        }
        assertThat(Schema.pending(direct)).hasSize(1);
    }

    @Test
    void allowsLongStatementOfHandler() {
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "slow", (event, run) -> {
                    try (Statement statement = run.connection().createStatement()) {
                        statement.execute("select pg_sleep(" + SECONDS_ABOVE_TIMEOUT + ")");
                    }
                    return HandlerOutcome.done();
                })
                .build();
        try (SyncBench bench = new SyncBench(impatient(), settings -> settings, handlers)) {
            bench.receive(Json.of("{'type':'user.created','data':{'id':'user_1','updated_at':1}}"));
            assertThat(bench.runHandlers()).isEqualTo(1);
            assertThat(Rows.query(bench.database(), "select reason from bellhop_handler_runs"))
                    .isEmpty();
        }
    }

    @Test
    void allowsLongCompaction() throws Exception {
        try (OpenDatabase open = impatient()) {
            CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> Rows.execute(
                    direct,
                    "do $$ begin lock table clerk_users in share update exclusive mode; perform pg_sleep("
                            + SECONDS_ABOVE_TIMEOUT + "); end $$"));
            await("the lock is held", () -> !Rows.query(direct, ASLEEP).isEmpty());
            new Eraser(open.database(), InstantSource.system()).compact();
            holder.get(20, TimeUnit.SECONDS);
        }
    }
}
