package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to messages that cannot be mirrored because a table is missing, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RetryContractTest {
    private static final byte[] USER = Json.of(
            "{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','updated_at':1700000000000}}");
    private static final byte[] ORGANIZATION = Json.of("{'type':'organization.created','timestamp':1700000000000,"
            + "'data':{'id':'org_1','name':'Acme','updated_at':1700000000000}}");
    private static final byte[] WEATHER = Json.of("{'type':'weather.changed','data':{'id':'w_1'}}");

    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    @BeforeEach
    void open() {
        bench = new SyncBench(
                kind, settings -> settings.withRetry(new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(1), 3)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void breakOrganizations() {
        Rows.execute(bench.database(), "alter table clerk_organizations rename to clerk_organizations_gone");
    }

    private void restoreOrganizations() {
        Rows.execute(bench.database(), "alter table clerk_organizations_gone rename to clerk_organizations");
    }

    private List<Receipt> receiveBatch() {
        return bench.receiveBatch(List.of(
                bench.message("msg_user", USER),
                bench.message("msg_organization", ORGANIZATION),
                bench.message("msg_weather", WEATHER)));
    }

    @Test
    void mirrorsOtherMessagesOfFailedBatchOneByOne() {
        breakOrganizations();
        assertThat(receiveBatch()).containsOnly(Receipt.KEPT);
        assertThat(Rows.count(bench.database(), "clerk_users")).isZero();
        assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                .isEqualTo(1);

        assertThat(bench.worker.runOnce()).isEqualTo(2);
        assertThat(bench.stateOf("msg_user")).isEqualTo("mirrored");
        assertThat(bench.stateOf("msg_weather")).isEqualTo("kept");
        assertThat(Rows.one(bench.database(), "select * from bellhop_inbox where message_id = 'msg_organization'"))
                .containsEntry("state", "kept")
                .containsEntry("attempts", 1L)
                .hasEntrySatisfying(
                        "reason", reason -> assertThat((String) reason).contains("Exception"))
                .hasEntrySatisfying(
                        "next_attempt_at",
                        at -> assertThat((Long) at)
                                .isBetween(bench.clock.millis() + 4000, bench.clock.millis() + 6000));
    }

    @Test
    void retriesLaterAndSucceedsOnceCauseIsFixed() {
        breakOrganizations();
        receiveBatch();
        bench.worker.runOnce();
        assertThat(bench.worker.runOnce()).as("nothing is due yet").isZero();

        restoreOrganizations();
        bench.clock.advance(Duration.ofSeconds(7));
        assertThat(bench.worker.runOnce()).isEqualTo(1);
        assertThat(bench.stateOf("msg_organization")).isEqualTo("mirrored");
        assertThat(Rows.count(bench.database(), "clerk_organizations")).isEqualTo(1);
        assertThat(Rows.one(
                        bench.database(),
                        "select reason, next_attempt_at from bellhop_inbox" + " where message_id = 'msg_organization'"))
                .containsEntry("reason", null)
                .containsEntry("next_attempt_at", null);
    }

    @Test
    void makesDeadLetterAfterLastAttemptAndReplaysIt() {
        breakOrganizations();
        receiveBatch();
        for (int i = 0; i < 5; i++) {
            bench.worker.runOnce();
            bench.clock.advance(Duration.ofMinutes(2));
        }
        assertThat(Rows.one(bench.database(), "select * from bellhop_dead_letters"))
                .containsEntry("message_id", "msg_organization")
                .containsEntry("handler", "mirror")
                .containsEntry("attempts", 3L)
                .hasEntrySatisfying("died_at", at -> assertThat(at).isNotNull());

        restoreOrganizations();
        assertThat(bench.replay.replay("msg_organization")).isEqualTo(Replay.Outcome.DUE);
        bench.worker.runOnce();
        assertThat(bench.stateOf("msg_organization")).isEqualTo("mirrored");
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
    }

    @Test
    void replaysMirroredMessageByItsVersion() {
        bench.receive("msg_user", USER);
        Rows.execute(bench.database(), "delete from clerk_users");
        assertThat(bench.replay.replay("msg_user")).isEqualTo(Replay.Outcome.DUE);
        bench.worker.runOnce();
        assertThat(Rows.count(bench.database(), "clerk_users")).isEqualTo(1);

        bench.receive(Json.of("{'type':'user.updated','timestamp':1700000009000,"
                + "'data':{'id':'user_1','first_name':'new','updated_at':1700000009000}}"));
        bench.replay.replay("msg_user");
        bench.worker.runOnce();
        assertThat(bench.stateOf("msg_user")).isEqualTo("stale");
        assertThat(Rows.one(bench.database(), "select first_name from clerk_users"))
                .containsEntry("first_name", "new");
    }

    @Test
    void reportsWhyReplayIsImpossible() {
        bench.receive("msg_user", USER);
        Rows.execute(bench.database(), "update bellhop_inbox set payload = null");
        assertThat(bench.replay.replay("msg_user")).isEqualTo(Replay.Outcome.PAYLOAD_EXPIRED);
        assertThat(bench.replay.replay("msg_other")).isEqualTo(Replay.Outcome.UNKNOWN_MESSAGE);
    }

    @Test
    void setsMessagesOfAnotherInstanceAside() {
        try (SyncBench strict = new SyncBench(
                kind,
                settings -> settings.toBuilder().expectedInstanceId("ins_mine").build())) {
            String foreign =
                    strict.receive(Json.of("{'type':'user.created','instance_id':'ins_other','data':{'id':'user_1'}}"));
            String own =
                    strict.receive(Json.of("{'type':'user.created','instance_id':'ins_mine','data':{'id':'user_2'}}"));
            assertThat(strict.stateOf(foreign)).isEqualTo("aside");
            assertThat(strict.stateOf(own)).isEqualTo("mirrored");
            assertThat(Rows.count(strict.database(), "clerk_users")).isEqualTo(1);
            strict.replay.replay(foreign);
            strict.worker.runOnce();
            assertThat(Rows.count(strict.database(), "clerk_users"))
                    .as("a replay sets it aside again")
                    .isEqualTo(1);
            assertThat(strict.stateOf(foreign)).isEqualTo("aside");
        }
    }
}
