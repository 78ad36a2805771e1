package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A newer version runs an additive migration while a writer of this version continues. */
@SameOnEveryJdk
class UpgradeTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsWritingWhileNewerVersionMigrates(TestDatabase kind) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (SyncBench bench = new SyncBench(kind)) {
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch writing = new CountDownLatch(20);
            Future<List<String>> writer = threads.submit(() -> {
                List<String> ids = new ArrayList<>();
                for (int i = 0; !enough.get() || i < 100; i++) {
                    ids.add(bench.receive(user(i)));
                    writing.countDown();
                }
                return ids;
            });
            assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
            migrateFurther(bench.database());
            enough.set(true);
            List<String> ids = writer.get();

            assertThat(ids).allSatisfy(id -> assertThat(bench.stateOf(id)).isEqualTo("mirrored"));
            assertThat(Rows.count(bench.database(), "clerk_users where favourite_color is null"))
                    .isEqualTo(ids.size());
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();

            // This version also starts on the newer tables, as after a downgrade.
            Schema.migrate(bench.database());
            assertThat(bench.stateOf(bench.receive(user(-1)))).isEqualTo("mirrored");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every migration is applied to rows written by the versions before it. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsRowsOfEarlierVersion(TestDatabase kind) {
        OpenDatabase open = atVersion(kind, 3);
        try (SyncBench bench = new SyncBench(open, settings -> settings, Handlers.none())) {
            bench.receive(Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1',"
                    + "'username':'Ann','updated_at':1700000000000}}"));
            bench.receive(Json.of("{'type':'organizationMembership.created','timestamp':1700000000000,'data':"
                    + "{'id':'orgmem_1','organization_id':'org_1','public_user_data':{'user_id':'user_1'},"
                    + "'updated_at':1700000000000}}"));
            Schema.migrate(bench.database());
            Schema.validate(bench.database());
            assertThat(Rows.count(bench.database(), "bellhop_discards")).isZero();
            MessageFilter ofUser = new MessageFilter(List.of(), "user_1", Set.of(), null, null);
            assertThat(new MessageReader(bench.database()).newest(ofUser, null, 10))
                    .hasSize(1);
            assertThat(ClerkUsers.of(bench.database(), MirrorSettings.DEFAULT).findByUsername("ann"))
                    .hasSize(1);
            assertThat(ClerkOrganizations.of(bench.database(), MirrorSettings.DEFAULT)
                            .members("org_1", 10, null))
                    .hasSize(1);
        }
    }

    /** The tables of each version are migrated to the same tables and indexes. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void migratesTablesOfEveryEarlierVersion(TestDatabase kind) {
        List<String> expected;
        try (OpenDatabase fresh = kind.open()) {
            expected = definitions(fresh.database());
        }
        for (int version = 1; version <= 7; version++) {
            try (OpenDatabase open = atVersion(kind, version)) {
                assertThat(Schema.pending(open.database())).isNotEmpty();
                assertThatExceptionOfType(SchemaException.class).isThrownBy(() -> Schema.validate(open.database()));
                Schema.migrate(open.database());
                assertThat(Schema.pending(open.database())).isEmpty();
                Schema.validate(open.database());
                assertThat(definitions(open.database()))
                        .as("from version %d", version)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void storesMessagesWhileIndexesOfLargeInboxAreBuilt() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (SyncBench bench =
                new SyncBench(atVersion(TestDatabase.POSTGRESQL, 5), settings -> settings, Handlers.none())) {
            // Several statements are used, because each must end within the limit even on a loaded machine.
            for (int first = 1; first < 300_000; first += 30_000) {
                Rows.execute(bench.database(), """
                        insert into bellhop_inbox (message_id, type, entity_id, received_at, state, attempts, payload)
                        select 'msg_old_' || n, 'user.updated', 'user_' || n, n, 'mirrored', 0, '\\x7b7d'
                        from generate_series(%d, %d) n""".formatted(first, first + 29_999));
            }
            Future<?> migration = threads.submit(() -> Schema.migrate(bench.database()));
            Set<Object> built = new HashSet<>();
            int number = 0;
            while (!migration.isDone()) {
                Object before = indexBeingBuilt(bench.database());
                assertThat(bench.stateOf(bench.receive(user(number++)))).isEqualTo("mirrored");
                if (before != null && before.equals(indexBeingBuilt(bench.database()))) {
                    built.add(before);
                }
            }
            migration.get();
            assertThat(built)
                    .as("indexes that were built while a message was stored")
                    .hasSizeGreaterThan(1);
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();
            Schema.validate(bench.database());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object indexBeingBuilt(Database database) {
        List<Map<String, Object>> rows = Rows.query(
                database,
                "select cast(index_relid as text) as id from pg_stat_progress_create_index"
                        + " where relid = 'bellhop_inbox'::regclass");
        return rows.isEmpty() ? null : rows.get(0).get("id");
    }

    @Test
    void rebuildsInvalidIndex() {
        try (OpenDatabase open = TestDatabase.POSTGRESQL.open()) {
            Database database = open.database();
            Rows.execute(
                    database,
                    "update pg_index set indisvalid = false where indexrelid = 'bellhop_inbox_dead_letters'::regclass");
            assertThat(Schema.pending(database)).containsExactly("index bellhop_inbox_dead_letters");
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(() -> Schema.validate(database))
                    .withMessageContaining("bellhop_inbox_dead_letters");
            Schema.migrate(database);
            assertThat(Schema.pending(database)).isEmpty();
        }
    }

    @Test
    void buildsIndexesOnceForConcurrentStarts() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (OpenDatabase open = atVersion(TestDatabase.POSTGRESQL, 3)) {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                starts.add(threads.submit(() -> Schema.migrate(open.database())));
            }
            for (Future<?> start : starts) {
                start.get(60, TimeUnit.SECONDS);
            }
            Schema.validate(open.database());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A started engine builds missing indexes in the background. */
    @Test
    void buildsIndexesAfterStart() {
        try (OpenDatabase open = atVersion(TestDatabase.POSTGRESQL, 7)) {
            Rows.execute(
                    open.database(),
                    "insert into bellhop_inbox (message_id, received_at, state, attempts) values ('msg_1', 1, 'kept', 0)");
            Schema.prepare(open.database(), SchemaMode.MIGRATE);
            assertThat(Schema.pending(open.database())).isNotEmpty().allMatch(name -> name.startsWith("index "));
            try (SyncEngine engine =
                    new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
                engine.start();
                await(() -> Schema.pending(open.database()).isEmpty());
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static List<String> definitions(Database database) {
        String sql = database.dialect().name().equals("SQLite")
                ? "select type || ' ' || name as def from sqlite_master where name not like 'sqlite%' order by 1"
                : "select indexdef as def from pg_indexes where schemaname = 'public' order by 1";
        return Rows.query(database, sql).stream()
                .map(row -> (String) row.get("def"))
                .toList();
    }

    private static OpenDatabase atVersion(TestDatabase kind, int version) {
        OpenDatabase open = Databases.open(kind.fresh());
        if (kind == TestDatabase.POSTGRESQL) {
            Rows.execute(open.database(), "drop schema public cascade");
            Rows.execute(open.database(), "create schema public");
        }
        migrations(open.database(), Schema.LOCATION)
                .target(String.valueOf(version))
                .load()
                .migrate();
        return open;
    }

    private static byte[] user(int number) {
        return Json.of(
                "{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_%d','updated_at':1700000000000}}",
                number);
    }

    /** Migrates like a later version, with one more migration. */
    private static void migrateFurther(Database database) {
        migrations(database, Schema.LOCATION, "classpath:io/github/bellhop/sync/later-migrations")
                // SQLite's locks are not fair: while another connection writes constantly, getting the lock may take a
                // long time.
                .initSql(database.dialect().name().equals("SQLite") ? "pragma busy_timeout = 60000" : null)
                .load()
                .migrate();
    }

    private static FluentConfiguration migrations(Database database, String... locations) {
        return Flyway.configure(UpgradeTest.class.getClassLoader())
                .dataSource(database.dataSource())
                .table(Schema.HISTORY_TABLE)
                .locations(locations)
                .placeholders(database.dialect().typePlaceholders());
    }
}
