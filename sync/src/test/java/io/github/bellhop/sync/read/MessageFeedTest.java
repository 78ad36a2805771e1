package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed returns each message once, in the order of receipt, on every database. */
class MessageFeedTest {
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void returnsEachMessageOnceInOrderOfReceipt(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Database database = open.database();
            append(database, "msg_before", -1);
            append(database, "msg_b", 5, "msg_a", 5, "msg_B", 5, "msg_c", 4);
            MessageFeed feed = MessageFeed.since(database, START);
            assertThat(ids(feed.next(3))).containsExactly("msg_c", "msg_B", "msg_a");
            assertThat(ids(feed.next(3))).containsExactly("msg_b");
            assertThat(feed.next(3)).isEmpty();
            append(database, "msg_d", 5, "msg_e", 6);
            assertThat(ids(feed.next(3))).containsExactly("msg_d", "msg_e");
            assertThat(feed.next(3)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void returnsMessageCommittedLate(TestDatabase kind) {
        long overlap = MessageFeed.OVERLAP.toMillis();
        try (OpenDatabase open = kind.open()) {
            Database database = open.database();
            MessageFeed feed = MessageFeed.since(database, START);
            append(database, "msg_early", 40_000);
            assertThat(ids(feed.next(10))).containsExactly("msg_early");
            append(database, "msg_late", 40_000 - (int) overlap, "msg_too_late", 40_000 - (int) overlap - 1);
            assertThat(ids(feed.next(10))).containsExactly("msg_late");
            assertThat(feed.next(10)).isEmpty();
            // A resumed feed returns the messages within the overlap again, and nothing older.
            MessageFeed resumed = MessageFeed.after(database, START.plusMillis(40_000));
            assertThat(ids(resumed.next(10))).containsExactly("msg_late", "msg_early");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void doesNotLookBackBeforeItsStart(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            append(open.database(), "msg_before", -1, "msg_at", 0);
            MessageFeed feed = MessageFeed.since(open.database(), START);
            assertThat(ids(feed.next(10))).containsExactly("msg_at");
            assertThat(feed.next(10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsLongInboxInPages(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            List<String> expected = new ArrayList<>();
            List<Object> rows = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String id = "msg_%04d".formatted(i);
                expected.add(id);
                rows.addAll(List.of(id, i / 7 * 1000));
            }
            append(open.database(), rows.toArray());
            // Two thirds of the messages no longer have a payload; the order includes both kinds.
            clear(
                    open.database(),
                    expected.stream().filter(id -> id.hashCode() % 3 != 0).toList());
            MessageFeed feed = MessageFeed.since(open.database(), START);
            List<String> found = new ArrayList<>();
            for (List<MessageRecord> page = feed.next(64); !page.isEmpty(); page = feed.next(64)) {
                assertThat(page).hasSizeLessThanOrEqualTo(64);
                found.addAll(ids(page));
            }
            assertThat(found).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void reportsClearedPayload(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            append(open.database(), "msg_kept", 1, "msg_cleared", 2);
            clear(open.database(), List.of("msg_cleared"));
            MessageFeed feed = MessageFeed.since(open.database(), START);
            List<MessageRecord> found = feed.next(10);
            assertThat(found).extracting(MessageRecord::hasPayload).containsExactly(true, false);
            assertThat(found).extracting(MessageRecord::type).containsOnly("user.updated");
            assertThat(found).extracting(MessageRecord::state).containsOnly(MessageState.MIRRORED);
            assertThat(feed.payload(found.get(0))).hasValue("{\"id\":\"msg_kept\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(feed.payload(found.get(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void remembersLimitedNumberOfMessages(TestDatabase kind) {
        int many = MessageFeed.MAX_REMEMBERED + 500;
        try (OpenDatabase open = kind.open()) {
            Object[] rows = new Object[2 * many];
            for (int i = 0; i < many; i++) {
                rows[2 * i] = "msg_%06d".formatted(i);
                rows[2 * i + 1] = i / 10;
            }
            append(open.database(), rows);
            MessageFeed feed = MessageFeed.since(open.database(), START);
            int returned = 0;
            for (List<MessageRecord> page = feed.next(5000); !page.isEmpty(); page = feed.next(5000)) {
                returned += page.size();
            }
            assertThat(returned).isEqualTo(many);
            assertThat(feed.next(10)).isEmpty();
        }
    }

    private static List<String> ids(List<MessageRecord> entries) {
        return entries.stream().map(MessageRecord::messageId).toList();
    }

    private static void clear(Database database, List<String> ids) {
        int cleared = database.inTransaction(connection -> InboxSql.clearPayloads(connection, ids));
        assertThat(cleared).isEqualTo(ids.size());
    }

    /** Appends messages. Each is given as its id and its time of receipt, in milliseconds after the start. */
    private static void append(Database database, Object... idsAndTimes) {
        List<PreparedMessage> rows = new ArrayList<>();
        for (int i = 0; i < idsAndTimes.length; i += 2) {
            String id = (String) idsAndTimes[i];
            long at =
                    START.plus(Duration.ofMillis((Integer) idsAndTimes[i + 1])).toEpochMilli();
            byte[] payload = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
            rows.add(new PreparedMessage(
                    id,
                    "user.updated",
                    "user_1",
                    null,
                    at,
                    at,
                    payload,
                    "user_1",
                    MessageState.MIRRORED,
                    null,
                    null,
                    null,
                    false));
        }
        for (int from = 0; from < rows.size(); from += 500) {
            List<PreparedMessage> batch = rows.subList(from, Math.min(rows.size(), from + 500));
            Set<String> added =
                    database.inTransaction(connection -> database.dialect().appendMessages(connection, batch));
            assertThat(added).as(Arrays.toString(idsAndTimes)).hasSize(batch.size());
        }
    }
}
