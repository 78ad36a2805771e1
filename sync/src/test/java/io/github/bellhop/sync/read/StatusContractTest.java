package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.read.StatusReader.DatabaseStatus;
import io.github.bellhop.sync.read.StatusReader.EntityStatus;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The status of a database and of an entity, on every database. */
class StatusContractTest {
    private static byte[] event(String type, String id) {
        return Json.of("{'type':'%s','data':{'id':'%s','object':'user'},'timestamp':1700000000000}", type, id);
    }

    @ParameterizedTest
    @EnumSource
    void countsWaitingFailingAndDeadMessages(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            StatusReader reader = new StatusReader(bench.database());
            assertThat(reader.status()).isEqualTo(new DatabaseStatus(null, 0, 0, 0, 0, 0, 0));
            for (String id : new String[] {"user_a", "user_b", "user_c", "user_d"}) {
                bench.receive(event("user.created", id));
            }
            Instant last = Instant.ofEpochMilli(bench.clock.instant().toEpochMilli());
            assertThat(reader.status()).isEqualTo(new DatabaseStatus(last, 0, 0, 0, 0, 0, 0));

            Rows.execute(bench.database(), "update bellhop_inbox set next_attempt_at = 1 where entity_id = 'user_a'");
            Rows.execute(
                    bench.database(),
                    "update bellhop_inbox set next_attempt_at = 1, attempts = 2 where entity_id = 'user_b'");
            Rows.execute(
                    bench.database(),
                    "update bellhop_inbox set state = 'dead', died_at = 1 where entity_id = 'user_c'");
            assertThat(reader.status()).isEqualTo(new DatabaseStatus(last, 2, 1, 1, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsRowAndMessagesOfEntity(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            StatusReader reader = new StatusReader(bench.database());
            String created = bench.receive(event("user.created", "user_a"));
            bench.receive(event("user.created", "user_b"));
            EntityStatus existing = reader.entity(ClerkTables.USERS, "user_a");
            assertThat(existing.row()).isEqualTo(EntityStatus.Row.WHOLE);
            assertThat(existing.deleted()).isFalse();
            assertThat(existing.messages())
                    .extracting(MessageRecord::messageId, MessageRecord::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(created, MessageState.MIRRORED));

            bench.receive(event("user.deleted", "user_a"));
            EntityStatus deleted = reader.entity(ClerkTables.USERS, "user_a");
            assertThat(deleted.row()).isEqualTo(EntityStatus.Row.DELETED);
            assertThat(deleted.deleted()).isTrue();
            assertThat(deleted.erased()).isFalse();
            assertThat(deleted.messages()).hasSize(2);

            assertThat(reader.entity(ClerkTables.USERS, "user_x").row()).isEqualTo(EntityStatus.Row.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsClockOfPostgresql(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            Instant clock = new StatusReader(bench.database()).databaseClock();
            if (kind == TestDatabase.SQLITE) {
                assertThat(clock).isNull();
            } else {
                assertThat(clock).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            }
        }
    }
}
