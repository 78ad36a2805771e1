package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A newer version brings an additive migration while a writer of this version goes on. */
class UpgradeTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void goesOnWritingWhileANewerVersionMigrates(TestDatabase kind) throws Exception {
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

            // This version also starts on the newer tables, as after a step back.
            Schema.migrate(bench.database());
            assertThat(bench.stateOf(bench.receive(user(-1)))).isEqualTo("mirrored");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every migration finds rows that the versions before it have left. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsTheRowsOfTheVersionBefore(TestDatabase kind) {
        OpenDatabase open = Databases.open(kind.fresh());
        if (kind == TestDatabase.POSTGRESQL) {
            Rows.execute(open.database(), "drop schema public cascade");
            Rows.execute(open.database(), "create schema public");
        }
        migrations(open.database(), Schema.LOCATION).target("3").load().migrate();
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

    private static byte[] user(int number) {
        return Json.of(
                "{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_%d','updated_at':1700000000000}}",
                number);
    }

    /** What a later version would do, with one migration more. */
    private static void migrateFurther(Database database) {
        migrations(database, Schema.LOCATION, "classpath:io/github/bellhop/sync/later-migrations")
                // SQLite gives nobody his turn: beside one who always writes it may take long to get in between.
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
