package io.github.bellhop.sync.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.Wildcards;
import io.github.bellhop.sync.testing.LargeInbox;
import io.github.bellhop.sync.testing.QueryPlan;
import io.github.bellhop.sync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters are read using partial indexes, however large the inbox is. */
@SameOnEveryJdk
class DeadLetterPlansTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsFewRowsOfLargeInbox(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Database database = open.database();
            LargeInbox.fill(kind, database);
            Wildcards wildcards = database.dialect().wildcards();

            Sql first = DeadLetterSql.after(wildcards, new DeadLetterFilter(null, null, null), null, 500);
            LargeInbox.assertUses(kind, database, first, "bellhop_inbox_dead");
            assertThat(QueryPlan.column(database, first, "message_id")).hasSize(20);
            Sql rest = DeadLetterSql.after(
                    wildcards,
                    new DeadLetterFilter(null, null, "SQLException 1"),
                    new DeadLetter("msg_20000", DeadLetter.MIRROR, "SQLException 1", 0, null, null, null, null),
                    500);
            LargeInbox.assertUses(kind, database, rest, "bellhop_inbox_dead");
            assertThat(QueryPlan.column(database, rest, "message_id"))
                    .containsExactly("msg_30000", "msg_40000", "msg_50000");
            LargeInbox.assertUses(
                    kind, database, Sql.of("select count(*) from bellhop_dead_letters"), "bellhop_inbox_dead");
        }
    }
}
