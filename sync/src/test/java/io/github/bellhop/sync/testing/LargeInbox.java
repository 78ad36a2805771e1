package io.github.bellhop.sync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;

/**
 * An inbox of 50,000 messages with a handler run each. Of every 5,000 messages, one is dead, one is set aside and one
 * is kept; the others are mirrored.
 */
public final class LargeInbox {
    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, entity_id, received_at, state, attempts, died_at, reason, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 50000)
            select 'msg_' || n, 'user.updated', 'user_' || n, 1700000000000 + n * 1000,
                case when n %% 5000 = 0 then 'dead' when n %% 5000 = 1 then 'aside' when n %% 5000 = 2 then 'kept'
                    else 'mirrored' end, 0, case when n %% 5000 = 0 then n end,
                case when n %% 10000 = 0 then 'SQLException 1' when n %% 5000 = 0 then 'SQLException 2' end,
                case when n %% 13 > 6 then %s end
            from numbers""";

    private static final String FILL_RUNS = """
            insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, next_attempt_at,
                attempts, died_at, stale, stale_too, replay, clear_payload)
            select message_id, 'h', message_id, received_at, died_at is null, case when died_at is null then received_at end,
                0, died_at, false, false, false, false
            from bellhop_inbox""";

    private LargeInbox() {}

    /** Fills an empty database. */
    public static void fill(TestDatabase kind, Database database) {
        Rows.execute(database, FILL.formatted(kind == TestDatabase.SQLITE ? "x'7b7d'" : "'\\x7b7d'::bytea"));
        Rows.execute(database, FILL_RUNS);
        Rows.execute(database, "analyze");
    }

    /** Fails unless the statement uses this index and does not scan the inbox. */
    public static void assertUses(TestDatabase kind, Database database, Sql sql, String index) {
        String plan = QueryPlan.of(kind, database, sql);
        assertThat(plan).contains(index).doesNotContain("Seq Scan on bellhop_inbox", "bellhop_inbox_cleared");
        assertThat(plan.replaceAll("SCAN (\\w+ USING (COVERING )?INDEX|bellhop_dead_letters)", ""))
                .doesNotContain("SCAN bellhop");
    }
}
