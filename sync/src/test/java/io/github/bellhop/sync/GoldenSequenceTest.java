package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Applies the events in {@code golden/story.txt}, which cover all families, and compares the tables with
 * {@code golden/tables.txt}. The result must be the same in any order. After an intended change, run it with
 * {@code -Dbellhop.golden.write=true} to write the tables again, and review the difference.
 */
@SameOnEveryJdk
class GoldenSequenceTest {
    private static final Path TABLES =
            Path.of("src", "test", "resources", "io", "github", "bellhop", "sync", "golden", "tables.txt");
    /** These columns depend on the time of receipt, not on Clerk's entities. */
    private static final Set<String> OMITTED = Set.of("synced_at", "bellhop_version", "message_id");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void endsInExpectedTables(TestDatabase kind) throws IOException {
        String tables = tablesAfter(kind, events());
        if (Boolean.getBoolean("bellhop.golden.write")) {
            Files.writeString(TABLES, tables);
        }
        assertThat(tables).isEqualTo(text("golden/tables.txt"));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void endsInSameTablesInAnyOrder(TestDatabase kind) throws IOException {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        List<byte[]> shuffled = new ArrayList<>(events());
        Collections.shuffle(shuffled, new Random(seed));
        // The order affects which messages are stale, but not the content of the mirror.
        assertThat(mirrorOf(tablesAfter(kind, shuffled)))
                .as("in the order of -Dbellhop.test.seed=%d", seed)
                .isEqualTo(mirrorOf(text("golden/tables.txt")));
    }

    private static String mirrorOf(String tables) {
        return tables.substring(0, tables.indexOf("bellhop_inbox\n"));
    }

    private static List<byte[]> events() throws IOException {
        return text("golden/story.txt")
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String text(String name) throws IOException {
        try (InputStream resource = GoldenSequenceTest.class.getResourceAsStream(name)) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String tablesAfter(TestDatabase kind, List<byte[]> events) {
        try (SyncBench bench = new SyncBench(
                kind,
                settings ->
                        settings.toBuilder().expectedInstanceId("ins_golden").build())) {
            events.forEach(bench::receive);
            assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
            StringBuilder text = new StringBuilder();
            for (MirrorTable table : ClerkTables.ALL) {
                append(text, bench.database(), table.name(), "*");
                table.children().forEach(child -> append(text, bench.database(), child.name(), "*"));
            }
            append(text, bench.database(), "clerk_audit_log", "*");
            append(text, bench.database(), "bellhop_tombstones", "entity, entity_id, deleted_at");
            append(text, bench.database(), "bellhop_inbox", "type, entity_id, state, reason");
            return text.toString();
        }
    }

    private static void append(StringBuilder text, Database database, String table, String columns) {
        String rows = Rows.query(database, "select " + columns + " from " + table).stream()
                .map(GoldenSequenceTest::row)
                .sorted()
                .collect(Collectors.joining());
        text.append(text.isEmpty() ? "" : "\n").append(table).append('\n').append(rows.isEmpty() ? "  none\n" : rows);
    }

    /** Formats the non-null columns of a row; removes the spaces that PostgreSQL adds to JSON. */
    private static String row(Map<String, Object> row) {
        return row.entrySet().stream()
                .filter(column -> column.getValue() != null && !OMITTED.contains(column.getKey()))
                .map(column -> column.getKey() + ": "
                        + column.getValue().toString().replace("\": ", "\":").replace(", \"", ",\""))
                .collect(Collectors.joining("\n    ", "  - ", "\n"));
    }
}
