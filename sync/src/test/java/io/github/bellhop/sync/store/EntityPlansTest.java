package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What came about one entity is found by an index, whether its payload is there still or not. */
class EntityPlansTest {
    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, entity_id, subject_id, received_at, state, attempts, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 50000)
            select 'msg_' || n, 'session.created', 'sess_' || (n %% 5000), 'user_' || (n %% 500),
                1700000000000 + n * 1000, 'mirrored', 0, case when n %% 12000 > 6000 then %s end
            from numbers""";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsTheMessagesOfAnEntityByIndex(TestDatabase kind) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL.formatted(sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea"));
            if (sqlite) {
                // Nobody ever gathers statistics of a file; a server does so by itself.
                assertUsesTheIndex(kind, open);
            }
            Rows.execute(open.database(), "analyze");
            assertUsesTheIndex(kind, open);
        }
    }

    private static void assertUsesTheIndex(TestDatabase kind, OpenDatabase open) {
        assertPlan(kind, open, StandingSql.OF_ENTITY, List.of("sess_77"));
        MessageFilter filter = new MessageFilter(List.of(), "sess_77", Set.of(), null, null);
        Wildcards wildcards = open.database().dialect().wildcards();
        MessageSql.Query first = MessageSql.newest(wildcards, filter, null, 20);
        assertPlan(kind, open, first.sql(), first.parameters());
        MessageSql.Query next = MessageSql.newest(wildcards, filter, new MessagePlace(1700040077000L, "msg_40077"), 20);
        assertPlan(kind, open, next.sql(), next.parameters());
        assertThat(Rows.query(open.database(), next.sql(), next.parameters().toArray()))
                .extracting(row -> row.get("message_id"))
                .containsExactly(
                        "msg_35077",
                        "msg_30077",
                        "msg_25077",
                        "msg_20077",
                        "msg_15077",
                        "msg_10077",
                        "msg_5077",
                        "msg_77");
    }

    private static void assertPlan(TestDatabase kind, OpenDatabase open, String sql, List<Object> parameters) {
        String explain = kind == TestDatabase.SQLITE ? "explain query plan " : "explain (analyze) ";
        String plan = Rows.query(open.database(), explain + sql, parameters.toArray()).stream()
                .map(row -> row.getOrDefault("detail", row.get("QUERY PLAN")).toString())
                .collect(Collectors.joining("\n"));
        assertThat(plan)
                .contains("bellhop_inbox_entity")
                .doesNotContain("Seq Scan", "SCAN bellhop_inbox", "bellhop_inbox_payload", "bellhop_inbox_cleared");
    }
}
