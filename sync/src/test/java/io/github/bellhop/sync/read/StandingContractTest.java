package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.read.StandingReader.EntityStanding;
import io.github.bellhop.sync.read.StandingReader.Standing;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How things stand, counted and told per entity, on both databases. */
class StandingContractTest {
    private static byte[] event(String type, String id) {
        return Json.of("{'type':'%s','data':{'id':'%s','object':'user'},'timestamp':1700000000000}", type, id);
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatWaitsFailsAndIsDead(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            StandingReader reader = new StandingReader(bench.database());
            assertThat(reader.standing()).isEqualTo(new Standing(null, 0, 0, 0, 0, 0, 0));
            for (String id : new String[] {"user_a", "user_b", "user_c", "user_d"}) {
                bench.receive(event("user.created", id));
            }
            Instant last = Instant.ofEpochMilli(bench.clock.instant().toEpochMilli());
            assertThat(reader.standing()).isEqualTo(new Standing(last, 0, 0, 0, 0, 0, 0));

            Rows.execute(bench.database(), "update bellhop_inbox set next_attempt_at = 1 where entity_id = 'user_a'");
            Rows.execute(
                    bench.database(),
                    "update bellhop_inbox set next_attempt_at = 1, attempts = 2 where entity_id = 'user_b'");
            Rows.execute(
                    bench.database(),
                    "update bellhop_inbox set state = 'dead', died_at = 1 where entity_id = 'user_c'");
            assertThat(reader.standing()).isEqualTo(new Standing(last, 2, 1, 1, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatIsKnownOfAnEntity(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            StandingReader reader = new StandingReader(bench.database());
            String created = bench.receive(event("user.created", "user_a"));
            bench.receive(event("user.created", "user_b"));
            EntityStanding there = reader.entity(ClerkTables.USERS, "user_a");
            assertThat(there.row()).isEqualTo(EntityStanding.Row.WHOLE);
            assertThat(there.deleted()).isFalse();
            assertThat(there.messages())
                    .extracting(MessageRecord::messageId, MessageRecord::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(created, MessageState.MIRRORED));

            bench.receive(event("user.deleted", "user_a"));
            EntityStanding gone = reader.entity(ClerkTables.USERS, "user_a");
            assertThat(gone.row()).isEqualTo(EntityStanding.Row.DELETED);
            assertThat(gone.deleted()).isTrue();
            assertThat(gone.erased()).isFalse();
            assertThat(gone.messages()).hasSize(2);

            assertThat(reader.entity(ClerkTables.USERS, "user_x").row()).isEqualTo(EntityStanding.Row.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheDatabaseForTheTimeWhereItHasAClockOfItsOwn(TestDatabase kind) throws Exception {
        try (SyncBench bench = new SyncBench(kind)) {
            Instant told = new StandingReader(bench.database()).databaseClock();
            if (kind == TestDatabase.SQLITE) {
                assertThat(told).isNull();
            } else {
                assertThat(told).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            }
        }
    }
}
