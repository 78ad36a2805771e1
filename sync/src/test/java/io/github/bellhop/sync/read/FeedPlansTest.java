package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.QueryPlan;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed reads its next page using indexes on the time of receipt, at the same cost for an inbox of any size. */
@SameOnEveryJdk
class FeedPlansTest {
    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, entity_id, subject_id, received_at, state, attempts, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 50000)
            select 'msg_' || n, 'user.updated', 'user_' || (n %% 5000), 'user_' || (n %% 5000),
                1700000000000 + n * 1000, 'mirrored', 0, case when n %% 2 = 0 then %s end
            from numbers""";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsPageByIndex(TestDatabase kind) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL.formatted(sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea"));
            Rows.execute(open.database(), "analyze");
            String plan = QueryPlan.of(
                    kind,
                    open.database(),
                    MessageSql.FEED
                            .replace("received_at >= ?", "received_at >= 1700025000000")
                            .replace("received_at > ?", "received_at > 1700025000000")
                            .replace("message_id > ?", "message_id > 'msg_25000'")
                            .replace("limit ?", "limit 200"));
            assertThat(plan)
                    .contains("bellhop_inbox_payload", "bellhop_inbox_cleared")
                    .doesNotContain("Seq Scan", "SCAN bellhop_inbox", "Bitmap");
        }
    }
}
