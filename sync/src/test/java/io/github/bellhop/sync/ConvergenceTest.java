package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.Repetitions;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.RandomHistory;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A history produces the same mirror in any order, with any batches and duplicates, and with crashes at any point. */
@Execution(ExecutionMode.CONCURRENT)
@SameOnEveryJdk
class ConvergenceTest {
    private static final int HISTORIES = Repetitions.of(1_000);
    private static final int EVENTS = 24;
    private static final int ORDERED_BATCH = 3;

    /** Longer than the retries of a history with crashes take, so that nothing expires before its retry. */
    private static final RetentionSettings LONG_RETENTION =
            new RetentionSettings(Duration.ofDays(365), Duration.ofDays(365), null, null);

    /** In a history with crashes, one in this many database steps fails. */
    private static final int STEPS_PER_FAULT = 12;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void endsInMirrorOfOrderedHistory(TestDatabase kind) {
        long base = Long.getLong("bellhop.test.seed", System.nanoTime());
        int histories = Integer.getInteger("bellhop.test.histories", HISTORIES);
        try (SyncBench bench = new SyncBench(kind, settings -> settings.withRetention(LONG_RETENTION))) {
            for (long seed = base; seed < base + histories; seed++) {
                List<IncomingMessage> messages = messages(bench, RandomHistory.of(seed, EVENTS));
                empty(bench);
                for (int from = 0; from < EVENTS; from += ORDERED_BATCH) {
                    bench.receiveBatch(messages.subList(from, from + ORDERED_BATCH));
                }
                applyLateUpdates(bench);
                Map<String, List<Map<String, Object>>> ordered = mirror(bench);

                // For adjacent seeds, the first values of java.util.Random are similar.
                Random random = new Random(new SplittableRandom(seed).nextLong());
                boolean crashes = random.nextBoolean();
                empty(bench);
                if (crashes) {
                    receiveWithCrashes(bench, shuffled(messages, random), random);
                } else {
                    shuffled(messages, random).forEach(bench::receiveBatch);
                }
                applyLateUpdates(bench);
                assertThat(mirror(bench))
                        .as(
                                "history of seed %d%s; repeat it with -Dbellhop.test.seed=%d"
                                        + " -Dbellhop.test.histories=1",
                                seed, crashes ? ", with crashes" : "", seed)
                        .isEqualTo(ordered);
                assertThat(Rows.count(bench.database(), "bellhop_inbox"))
                        .as("messages stored from the history of seed %d", seed)
                        .isEqualTo(messages.size());
            }
            System.out.printf(
                    "%s: %d histories from seed %d, with %d faults%n", kind, histories, base, bench.faults.count());
        }
    }

    /** Applies messages that arrived before the rows that they change. */
    private static void applyLateUpdates(SyncBench bench) {
        bench.retention.runOnce(() -> true);
        int unused = bench.worker.runOnce();
    }

    private static List<IncomingMessage> messages(SyncBench bench, List<byte[]> history) {
        List<IncomingMessage> messages = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            messages.add(bench.message("msg_%03d".formatted(i), history.get(i)));
        }
        return messages;
    }

    /**
     * Receives batches with crashes in between: unanswered batches are sent again later, and stored messages are
     * retried.
     */
    private static void receiveWithCrashes(SyncBench bench, List<List<IncomingMessage>> batches, Random random) {
        bench.faults.oneIn(STEPS_PER_FAULT, random);
        Deque<List<IncomingMessage>> waiting = new ArrayDeque<>(batches);
        for (int sent = 0; !waiting.isEmpty(); sent++) {
            if (sent == batches.size() * 3) {
                bench.faults.oneIn(0, random);
            }
            List<IncomingMessage> batch = waiting.removeFirst();
            try {
                bench.receiveBatch(batch);
                retry(bench);
            } catch (StoreException crashed) {
                waiting.addLast(batch);
            }
        }
        bench.faults.oneIn(0, random);
        while (Rows.count(bench.database(), "bellhop_inbox where next_attempt_at is not null") > 0) {
            retry(bench);
        }
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
    }

    private static void retry(SyncBench bench) {
        bench.clock.advance(Duration.ofHours(7));
        int unused = bench.worker.runOnce();
    }

    private static List<List<IncomingMessage>> shuffled(List<IncomingMessage> messages, Random random) {
        List<IncomingMessage> all = new ArrayList<>(messages);
        messages.stream().filter(message -> random.nextInt(3) == 0).forEach(all::add);
        Collections.shuffle(all, random);
        List<List<IncomingMessage>> batches = new ArrayList<>();
        while (!all.isEmpty()) {
            int size = Math.min(all.size(), 1 + random.nextInt(15));
            batches.add(new ArrayList<>(all.subList(0, size)));
            all.subList(0, size).clear();
        }
        return batches;
    }

    private static void empty(SyncBench bench) {
        tables().forEach(table -> Rows.execute(bench.database(), "delete from " + table));
        Rows.execute(bench.database(), "delete from bellhop_inbox");
    }

    private static Map<String, List<Map<String, Object>>> mirror(SyncBench bench) {
        Map<String, List<Map<String, Object>>> tables = new TreeMap<>();
        for (String table : tables()) {
            List<Map<String, Object>> rows = Rows.query(bench.database(), "select * from " + table);
            rows.forEach(row -> row.keySet().removeAll(List.of("synced_at", "payloads_cleared_at")));
            rows.sort((a, b) -> a.toString().compareTo(b.toString()));
            tables.put(table, rows);
        }
        return tables;
    }

    private static List<String> tables() {
        List<String> names = new ArrayList<>(List.of("bellhop_tombstones", "clerk_audit_log"));
        for (MirrorTable table : ClerkTables.ALL) {
            names.add(table.name());
            table.children().forEach(child -> names.add(child.name()));
        }
        return names;
    }
}
