package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.Repetitions;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projector;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.StubClerk;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.MirrorWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fetched user is written at the same time as an event about that user. The event always wins. */
@SameOnEveryJdk
class FetchRaceTest {
    private static final int RACES = Repetitions.of(300);
    private static final long FETCHED_AT = 1_700_000_005_000L;

    /** Runs the races, each with its own user and one event about that user. */
    private static void race(TestDatabase kind, String event, String outcome) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SyncBench bench = new SyncBench(kind)) {
            FetchedEntities entities = new FetchedEntities(
                    bench.database(),
                    new Projector(MirrorSettings.DEFAULT),
                    new MirrorWriter(bench.database(), SyncSettings.defaults()),
                    bench.clock);
            for (int i = 0; i < RACES; i++) {
                String id = "user_" + i;
                byte[] json = StubClerk.user(id, "Fetched", FETCHED_AT).getBytes(StandardCharsets.UTF_8);
                Projection fetched = Objects.requireNonNull(entities.read(ClerkTables.USERS, id, json));
                byte[] message = Json.of(event, id);
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> fetch = threads.submit(() -> {
                    start.await();
                    entities.write(fetched);
                    return id;
                });
                Future<?> arrival = threads.submit(() -> {
                    start.await();
                    return bench.receive(message);
                });
                fetch.get(20, TimeUnit.SECONDS);
                arrival.get(20, TimeUnit.SECONDS);
            }
            assertThat(Rows.count(bench.database(), "clerk_users where " + outcome))
                    .isEqualTo(RACES);
            assertThat(Rows.count(bench.database(), "clerk_user_email_addresses"))
                    .isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsUserDeleted(TestDatabase kind) throws Exception {
        // If the deletion comes first, the row is written as deleted.
        race(kind, "{'type':'user.deleted','timestamp':1700000005000,'data':{'id':'%s'}}", "deleted_at is not null");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsStateOfSimultaneousEvent(TestDatabase kind) throws Exception {
        race(
                kind,
                "{'type':'user.updated','timestamp':1700000005000,'data':{'id':'%s','first_name':'Told',"
                        + "'email_addresses':[],'updated_at':1700000005000}}",
                "first_name = 'Told'");
    }
}
