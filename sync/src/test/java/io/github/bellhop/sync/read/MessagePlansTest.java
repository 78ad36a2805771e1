package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.ListedState;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.Wildcards;
import io.github.bellhop.sync.testing.LargeInbox;
import io.github.bellhop.sync.testing.QueryPlan;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages in a large inbox are found by index. */
@SameOnEveryJdk
class MessagePlansTest {
    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, entity_id, subject_id, received_at, state, attempts, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 50000)
            select 'msg_' || n, 'session.created', 'sess_' || (n %% 5000), 'user_' || (n %% 500),
                1700000000000 + n * 1000, 'mirrored', 0, case when n %% 12000 > 6000 then %s end
            from numbers""";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsMessagesOfEntityByIndex(TestDatabase kind) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        try (OpenDatabase open = kind.open()) {
            Rows.execute(open.database(), FILL.formatted(sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea"));
            if (sqlite) {
                // SQLite never gathers statistics by itself, so the index must be used without them too; PostgreSQL
                // gathers them.
                assertUsesIndex(kind, open);
            }
            Rows.execute(open.database(), "analyze");
            assertUsesIndex(kind, open);
        }
    }

    private static void assertUsesIndex(TestDatabase kind, OpenDatabase open) {
        assertPlan(kind, open, Sql.of(MessageSql.OF_ENTITY, "sess_77"));
        MessageFilter filter = new MessageFilter(List.of(), "sess_77", Set.of(), null, null);
        Wildcards wildcards = open.database().dialect().wildcards();
        assertPlan(kind, open, MessageSql.newest(wildcards, filter, null, 20));
        Sql next = MessageSql.newest(wildcards, filter, new MessagePlace(1700040077000L, "msg_40077"), 20);
        assertPlan(kind, open, next);
        assertThat(QueryPlan.column(open.database(), next, "message_id"))
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

    private static void assertPlan(TestDatabase kind, OpenDatabase open, Sql sql) {
        assertThat(QueryPlan.measured(kind, open.database(), sql))
                .contains("bellhop_inbox_entity")
                .doesNotContain("Seq Scan", "SCAN bellhop_inbox", "bellhop_inbox_payload", "bellhop_inbox_cleared");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsRareStatesByPartialIndex(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Database database = open.database();
            LargeInbox.fill(kind, database);
            Wildcards wildcards = database.dialect().wildcards();
            MessageFilter rare = new MessageFilter(
                    List.of(), null, Set.of(ListedState.ASIDE, ListedState.KEPT, ListedState.WAITING), null, null);

            Sql newest = MessageSql.newest(wildcards, rare, null, 3);
            LargeInbox.assertUses(kind, database, newest, "bellhop_inbox_unmirrored");
            assertThat(QueryPlan.column(database, newest, "message_id"))
                    .containsExactly("msg_45002", "msg_45001", "msg_40002");
            Sql next = MessageSql.newest(wildcards, rare, new MessagePlace(1700040002000L, "msg_40002"), 3);
            LargeInbox.assertUses(kind, database, next, "bellhop_inbox_unmirrored");
            assertThat(QueryPlan.column(database, next, "message_id"))
                    .containsExactly("msg_40001", "msg_35002", "msg_35001");
            LargeInbox.assertUses(
                    kind, database, Sql.of(MessageSql.TIME_AHEAD, 1700000000000L, 999), "bellhop_inbox_payload");
        }
    }
}
