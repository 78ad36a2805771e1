package io.github.bellhop.sync.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.testing.LargeInbox;
import io.github.bellhop.sync.testing.QueryPlan;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that retention finds due data with indexes, so that its cost does not depend on the size of the inbox. */
@SameOnEveryJdk
class RetentionPlansTest {
    private static final int ROWS = Integer.getInteger("bellhop.test.inbox-rows", 50_000);

    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, entity_id, subject_id, received_at, state, attempts, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < %d)
            select 'msg_' || n, case when n %% 10 = 0 then 'email.created' else 'user.updated' end,
                'user_' || (n %% 5000), 'user_' || (n %% 5000), 1700000000000 + n * 1000, 'mirrored', 0,
                case when n %% 13 = 0 then %s end
            from numbers""";

    private static final String FILL_RUNS = """
            insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, next_attempt_at,
                attempts, stale, stale_too, replay, clear_payload)
            select message_id, 'h', message_id, received_at, true, received_at, 0, false, false, false, false
            from bellhop_inbox where received_at < 1700010000000""";

    private static final String FILL_DISCARDS = """
            insert into bellhop_discards (message_id, handler, attempts, discarded_at, discard_reason)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < %d)
            select 'msg_' || n, 'h', 12, 1700000000000 + n * 1000, 'test data' from numbers""";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void doesNotScanInbox(TestDatabase kind) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL.formatted(ROWS, sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea"));
            Rows.execute(open.database(), FILL_RUNS);
            Rows.execute(open.database(), "analyze");
            for (String sql : statements(open.database().dialect())) {
                assertThat(plan(open.database(), sqlite, sql))
                        .as(sql)
                        .contains("bellhop_inbox_")
                        .satisfies(plan -> {
                            assertThat(plan).doesNotContain("Seq Scan", "TEMP B-TREE");
                            assertThat(plan.replaceAll("SCAN \\w+ USING (COVERING )?INDEX", ""))
                                    .doesNotContain("SCAN");
                        });
            }
        }
    }

    private static List<String> statements(Dialect dialect) {
        String bytewise = dialect.typePlaceholders().get("bytewise");
        return RetentionSql.ON_THE_INBOX.stream()
                .map(sql -> sql.replace("${bytewise}", bytewise))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsLateUpdatesByIndex(TestDatabase kind) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL.formatted(ROWS, sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea"));
            Rows.execute(open.database(), "analyze");
            assertThat(plan(open.database(), sqlite, RetentionSql.UPDATES_WITH_ROW))
                    .contains("bellhop_inbox_no_row")
                    .doesNotContain("Seq Scan on bellhop_inbox", "SCAN bellhop_inbox\n", "TEMP B-TREE");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsOldDiscardsByIndex(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL_DISCARDS.formatted(ROWS));
            Rows.execute(open.database(), "analyze");
            String sql = RetentionSql.OLD_DISCARDS.replace("discarded_at < ?", "discarded_at < 1700000060000");
            assertThat(plan(open.database(), kind == TestDatabase.SQLITE, sql))
                    .contains("bellhop_discards_old")
                    .doesNotContain("Seq Scan", "TEMP B-TREE", "SCAN");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void scansPayloadsByIndex(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            LargeInbox.fill(kind, open.database());
            LargeInbox.assertUses(
                    kind,
                    open.database(),
                    Sql.of(RetentionSql.NEXT_PAYLOADS, 1700040000000L, 1700000000000L, 1700000000000L, ""),
                    "bellhop_inbox_payload");
        }
    }

    private static String plan(Database database, boolean sqlite, String sql) {
        return QueryPlan.of(
                sqlite ? TestDatabase.SQLITE : TestDatabase.POSTGRESQL,
                database,
                sql.replace("received_at < ?", "received_at < 1700000060000")
                        .replace("subject_id = ?", "subject_id = 'user_7'"));
    }
}
