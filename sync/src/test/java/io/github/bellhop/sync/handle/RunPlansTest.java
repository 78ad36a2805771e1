package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.testing.QueryPlan;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding a due run stays cheap among 10,000 lanes with a failing head and waiting runs. */
@SameOnEveryJdk
class RunPlansTest {
    private static final String FILL = """
            insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, next_attempt_at,
                attempts, stale, stale_too, replay, clear_payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 30000)
            select 'msg_' || n, 'users', 'user_' || (n % 10000), n, n <= 10000,
                case when n <= 10000 and n <> 7 then 1900000000000 + n else 1700000000000 end, 1,
                false, false, false, false
            from numbers""";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsDueRunByIndexOfHeads(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL);
            Rows.execute(open.database(), "analyze");
            String claim = open.database()
                    .dialect()
                    .claimingRun(RunSql.CLAIM
                            .replace("handler = ?", "handler = 'users'")
                            .replace("next_attempt_at <= ?", "next_attempt_at <= 1800000000000"));
            String plan = QueryPlan.measured(kind, open.database(), Sql.of(claim));
            assertThat(plan).contains("bellhop_handler_runs_due").doesNotContain("Seq Scan", "TEMP B-TREE", "Removed");
            assertThat(Rows.query(open.database(), claim))
                    .extracting(row -> row.get("message_id"))
                    .containsExactly("msg_7");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsOneIndexEntryPerHandler(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL);
            Rows.execute(open.database(), "analyze");
            String query = RunSql.DUE_HANDLERS
                    .formatted("('users'), ('none')")
                    .replace("next_attempt_at <= ?", "next_attempt_at <= 1800000000000");
            String plan = QueryPlan.measured(kind, open.database(), Sql.of(query));
            assertThat(plan)
                    .contains("bellhop_handler_runs_due")
                    .doesNotContain("Seq Scan", "TEMP B-TREE", "Removed by Index");
            assertThat(Rows.query(open.database(), query))
                    .extracting(row -> row.get("name"))
                    .containsExactly("users");
        }
    }
}
