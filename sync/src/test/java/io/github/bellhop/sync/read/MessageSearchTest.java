package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search that no index supports is limited, and reports where it stopped. */
@SameOnEveryJdk
class MessageSearchTest {
    private static final String FILL = """
            insert into bellhop_inbox (message_id, type, received_at, state, attempts, payload)
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 45000)
            select 'msg_' || n, case n %% 22000 when 7 then 'role.created' when 8 then 'permission.created' else 'user.updated' end, n, 'mirrored', 0,
                case when n %% 2 = 0 then %s end
            from numbers""";

    private static final MessageFilter RARE = filter(null, null);

    private static MessageFilter filter(Long since, Long until) {
        return new MessageFilter(
                List.of("role.*"),
                null,
                Set.of(),
                since == null ? null : Instant.ofEpochMilli(since),
                until == null ? null : Instant.ofEpochMilli(until));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void stopsAtLimitAndReportsTime(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            fill(kind, open.database());
            MessageReader reader = new MessageReader(open.database(), 10_000);
            MessageReader whole = new MessageReader(open.database(), 100_000);

            MessagePage bounded = reader.search(RARE, null, 20);
            assertThat(ids(bounded)).containsExactly("msg_44007");
            assertThat(bounded.searchedTo()).isBetween(Instant.ofEpochMilli(7), Instant.ofEpochMilli(35_000));

            MessagePage rest = whole.search(filter(null, bounded.searchedTo().toEpochMilli()), null, 20);
            assertThat(ids(rest)).containsExactly("msg_22007", "msg_7");
            assertThat(rest.searchedTo()).isNull();
            assertThat(ids(whole.search(RARE, reader.place("msg_22007").orElseThrow(), 20)))
                    .containsExactly("msg_7");
            assertThat(ids(reader.search(RARE, null, 1))).containsExactly("msg_44007");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void searchesEverythingSinceStartTime(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            fill(kind, open.database());
            MessageReader reader = new MessageReader(open.database(), 10_000);
            MessagePage page = reader.search(filter(8L, null), null, 20);
            assertThat(ids(page)).containsExactly("msg_44007", "msg_22007");
            assertThat(page.searchedTo()).isNull();
            assertThat(reader.count(RARE, null, false)).isEqualTo(3);
            assertThat(reader.count(filter(8L, 44_000L), null, false)).isEqualTo(1);
            assertThat(reader.count(RARE, reader.place("msg_7").orElseThrow(), false))
                    .isEqualTo(2);
            assertThat(reader.count(MessageFilter.ALL, null, true)).isEqualTo(22_500);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsOldestOfRareTypeInShortStatements(TestDatabase kind) {
        Gate gate = new Gate();
        AtomicInteger statements = new AtomicInteger();
        gate.set(statements::incrementAndGet);
        try (OpenDatabase open = kind.open()) {
            fill(kind, open.database());
            MessageReader reader = new MessageReader(gate.before(open.database()));
            MessageFilter rare = new MessageFilter(List.of("permission.*"), null, Set.of(), null, null);
            List<MessagePlace> all = reader.oldestWithPayload(rare, null, 20);
            assertThat(all).extracting(MessagePlace::messageId).containsExactly("msg_8", "msg_22008", "msg_44008");
            assertThat(statements.getAndSet(0)).as("three parts of 22,500").isEqualTo(6);
            assertThat(reader.oldestWithPayload(rare, null, 2)).isEqualTo(all.subList(0, 2));
            assertThat(reader.oldestWithPayload(rare, all.get(0), 20)).isEqualTo(all.subList(1, 3));
            assertThat(reader.oldestWithPayload(
                            rare.within(Instant.ofEpochMilli(9), Instant.ofEpochMilli(44_008)), null, 20))
                    .isEqualTo(all.subList(1, 2));
            statements.set(0);
            assertThat(reader.oldestWithPayload(rare, all.get(2), 20)).isEmpty();
            assertThat(statements).as("only newer messages").hasValue(2);
        }
    }

    /** With many messages in one millisecond, none is left out or returned twice. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsAllMessagesOfOneMillisecond(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            fill(kind, open.database());
            Rows.execute(open.database(), "update bellhop_inbox set received_at = 5 where received_at < 30000");
            MessageReader reader = new MessageReader(open.database());
            Set<MessagePlace> found = new HashSet<>();
            MessagePlace last = null;
            List<MessagePlace> page = reader.oldestWithPayload(MessageFilter.ALL, null, 9_000);
            while (!page.isEmpty()) {
                assertThat(found.addAll(page)).isTrue();
                last = page.get(page.size() - 1);
                page = reader.oldestWithPayload(MessageFilter.ALL, last, 9_000);
            }
            assertThat(found).hasSize(22_500);
            assertThat(last).isEqualTo(reader.place("msg_45000").orElseThrow());
        }
    }

    private static void fill(TestDatabase kind, Database database) {
        Rows.execute(database, FILL.formatted(kind == TestDatabase.SQLITE ? "x'7b7d'" : "'\\x7b7d'::bytea"));
    }

    private static List<String> ids(MessagePage page) {
        return page.messages().stream().map(MessageRecord::messageId).toList();
    }
}
