package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.testing.RandomHistory;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the order, the batches and the repetitions in which a history comes, the mirror ends the same. */
class ConvergenceTest {
    private static final int HISTORIES = 100;
    private static final int EVENTS = 40;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void endsInTheMirrorOfTheOrderedHistory(TestDatabase kind) {
        long base = Long.getLong("bellhop.test.seed", System.nanoTime());
        try (SyncBench bench = new SyncBench(kind)) {
            for (long seed = base; seed < base + HISTORIES; seed++) {
                List<byte[]> history = RandomHistory.of(seed, EVENTS);
                List<IncomingMessage> messages = new ArrayList<>();
                for (int i = 0; i < history.size(); i++) {
                    messages.add(bench.message("msg_%03d".formatted(i), history.get(i)));
                }
                empty(bench);
                messages.forEach(message -> bench.receiveBatch(List.of(message)));
                Map<String, List<Map<String, Object>>> ordered = mirror(bench);

                empty(bench);
                for (List<IncomingMessage> batch : shuffled(messages, new Random(seed))) {
                    bench.receiveBatch(batch);
                }
                assertThat(mirror(bench))
                        .as("history of seed %d; run it again with -Dbellhop.test.seed=%d", seed, seed)
                        .isEqualTo(ordered);
            }
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();
        }
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
            rows.forEach(row -> row.remove("synced_at"));
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
