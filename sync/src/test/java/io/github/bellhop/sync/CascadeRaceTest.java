package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Cascades;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two instances run cascades while two writers write the same families. */
@SameOnEveryJdk
class CascadeRaceTest {
    private static final int MESSAGES = 240;

    /** Each deletion below affects more rows than one step changes; the organization's takes two steps. */
    private static final List<String> FILL = List.of(
            "insert into clerk_organizations (id, synced_at, bellhop_version) values ('org_1', now(), '')",
            "insert into clerk_users (id, synced_at, bellhop_version)"
                    + " select 'user_' || n, now(), '' from generate_series(0, 1) n",
            "insert into clerk_organization_memberships (id, organization_id, user_id, synced_at, bellhop_version)"
                    + " select 'orgmem_' || n, 'org_1', 'user_' || n % 2, now(), '' from generate_series(0, 1499) n",
            "insert into clerk_sessions (id, user_id, status, synced_at, bellhop_version)"
                    + " select 'sess_' || n, 'user_' || n % 2, 'active', now(), '' from generate_series(0, 1099) n",
            "insert into clerk_roles (id, synced_at, bellhop_version)"
                    + " select 'role_' || n, now(), '' from generate_series(0, 599) n",
            "insert into clerk_role_permissions (role_id, permission_id)"
                    + " select 'role_' || n, 'perm_' || p from generate_series(0, 599) n, generate_series(1, 2) p");

    private final long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static SyncBench open(Deletes deletes) {
        SyncBench bench = new SyncBench(
                TestDatabase.POSTGRESQL,
                settings -> settings.withMirror(settings.mirror().withDeletes(deletes)));
        FILL.forEach(sql -> Rows.execute(bench.database(), sql));
        return bench;
    }

    private byte[] event() {
        int n = random.nextInt(1_600);
        long time = 1_700_000_000_000L + random.nextInt(1_000);
        return switch (random.nextInt(24)) {
            case 0 -> Json.of("{'type':'organization.deleted','timestamp':%d,'data':{'id':'org_1'}}", time);
            case 1 -> Json.of("{'type':'user.deleted','timestamp':%d,'data':{'id':'user_%d'}}", time, n % 2);
            case 2 -> Json.of("{'type':'permission.deleted','timestamp':%d,'data':{'id':'perm_1'}}", time);
            case 3, 10, 11 ->
                Json.of("{'type':'organizationMembership.deleted','timestamp':%d,'data':{'id':'orgmem_%d'}}", time, n);
            case 4 ->
                Json.of(
                        "{'type':'session.removed','timestamp':%d,'data':{'id':'sess_%d','user_id':'user_%d',"
                                + "'status':'removed','updated_at':%2$d}}",
                        time, n, n % 2);
            case 5 ->
                Json.of(
                        "{'type':'organization.updated','timestamp':%d,'data':{'id':'org_1','name':'n%1$d','updated_at':%1$d}}",
                        time);
            case 6, 7, 8, 9 ->
                Json.of(
                        "{'type':'role.updated','timestamp':%1$d,'data':{'id':'role_%2$d','updated_at':%1$d,"
                                + "'permissions':[{'id':'perm_%3$d'},{'id':'perm_3'}]}}",
                        time, n % 600, 1 + n % 2);
            default ->
                Json.of(
                        "{'type':'organizationMembership.updated','timestamp':%1$d,'data':{'id':'orgmem_%2$d',"
                                + "'role':'r%1$d','updated_at':%1$d,'organization':{'id':'org_1'},"
                                + "'public_user_data':{'user_id':'user_%3$d'}}}",
                        time, n, n % 2);
        };
    }

    private List<List<IncomingMessage>> batches(List<IncomingMessage> messages) {
        List<IncomingMessage> shuffled = new ArrayList<>(messages);
        Collections.shuffle(shuffled, random);
        List<List<IncomingMessage>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(12));
            batches.add(shuffled.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static List<String> mirror(Database database) {
        return Dump.of(database).stream()
                .filter(line -> line.startsWith("clerk_"))
                .map(line -> line.replaceAll(" synced_at=\\S+", ""))
                .toList();
    }

    private static int drain(Cascades cascades) {
        int steps = 0;
        while (cascades.step()) {
            steps++;
        }
        return steps;
    }

    /** Retries the messages that timed out waiting for a lock and were left to the worker. */
    private static void retry(SyncBench bench) {
        while (Rows.count(bench.database(), "bellhop_inbox where next_attempt_at is not null") > 0) {
            bench.clock.advance(Duration.ofSeconds(1));
            assertThat(bench.worker.runOnce()).isNotNegative();
        }
        assertThat(drain(bench.cascades)).isNotNegative();
    }

    /** Returns the lines that are in only one of the lists, so that a failure shows few lines. */
    private static List<String> difference(List<String> first, List<String> second) {
        Set<String> lines = new TreeSet<>(first);
        lines.removeAll(new HashSet<>(second));
        Set<String> others = new TreeSet<>(second);
        others.removeAll(new HashSet<>(first));
        return Stream.concat(lines.stream().map(line -> "raced: " + line), others.stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"SOFT", "HARD"})
    void endsInSameMirrorWithoutDeadlocks(Deletes deletes) throws Exception {
        try (SyncBench bench = open(deletes);
                SyncBench oneByOne = open(deletes)) {
            List<IncomingMessage> messages = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                messages.add(bench.message("msg_%04d".formatted(i), event()));
            }
            AtomicBoolean written = new AtomicBoolean();
            AtomicInteger steps = new AtomicInteger();
            Callable<Boolean> cascading = () -> {
                Cascades own = new Cascades(bench.database());
                while (own.step() || !written.get()) {
                    steps.incrementAndGet();
                }
                return true;
            };
            List<Future<List<Receipt>>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                List<List<IncomingMessage>> batches = batches(messages);
                writers.add(threads.submit(() -> {
                    List<Receipt> receipts = new ArrayList<>();
                    batches.forEach(batch -> receipts.addAll(bench.receiveBatch(batch)));
                    return receipts;
                }));
            }
            List<Future<Boolean>> cascades = List.of(threads.submit(cascading), threads.submit(cascading));
            List<Receipt> receipts = new ArrayList<>();
            for (Future<List<Receipt>> writer : writers) {
                receipts.addAll(writer.get(60, TimeUnit.SECONDS));
            }
            written.set(true);
            for (Future<Boolean> end : cascades) {
                assertThat(end.get(60, TimeUnit.SECONDS)).isTrue();
            }
            retry(bench);

            assertThat(receipts).as("seed %d", seed).doesNotContain(Receipt.UNAVAILABLE);
            assertThat(receipts).filteredOn(Receipt.KEPT::equals).hasSize(MESSAGES);
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .as("seed %d", seed)
                    .isZero();
            assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
            assertThat(Rows.count(bench.database(), "bellhop_cascades")).isZero();
            assertThat(steps).hasPositiveValue();
            messages.forEach(message -> oneByOne.receiveBatch(List.of(message)));
            drain(oneByOne.cascades);
            assertThat(difference(mirror(bench.database()), mirror(oneByOne.database())))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(Rows.one(
                            bench.database(),
                            "select deadlocks as n from pg_stat_database where datname = current_database()"))
                    .as("seed %d", seed)
                    .containsEntry("n", 0L);
        }
    }
}
