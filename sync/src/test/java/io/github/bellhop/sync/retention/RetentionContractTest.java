package io.github.bellhop.sync.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.mirror.PayloadView;
import io.github.bellhop.sync.mirror.PrivateData;
import io.github.bellhop.sync.mirror.ShownPayload;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.read.TableReader;
import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.settings.RetentionSettings;
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

/** Tests how long data is kept, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class RetentionContractTest {
    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    @BeforeEach
    void open() {
        bench = new SyncBench(kind);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void reopen(RetentionSettings retention) {
        bench.close();
        bench = new SyncBench(kind, settings -> settings.withRetention(retention));
    }

    private static byte[] user(String id) {
        return Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'%s','updated_at':1}}", id);
    }

    private static byte[] deleted(String id, long at) {
        return Json.of("{'type':'user.deleted','timestamp':%d,'data':{'id':'%s','deleted':true}}", at, id);
    }

    private byte[] session(String id, String userId, String status, long expireAt) {
        return Json.of(
                "{'type':'session.created','timestamp':%d,'data':{'id':'%s','user_id':'%s','status':'%s',"
                        + "'expire_at':%d,'updated_at':%d}}",
                bench.clock.millis(), id, userId, status, expireAt, bench.clock.millis());
    }

    private static byte[] email(String id) {
        return Json.of(
                "{'type':'email.created','timestamp':1700000000000,'data':{'id':'%s','user_id':'user_1',"
                        + "'to_email_address':'a@example.com','body':'code 123456'}}",
                id);
    }

    private boolean hasPayload(String messageId) {
        return Rows.one(bench.database(), "select payload from bellhop_inbox where message_id = ?", messageId)
                        .get("payload")
                != null;
    }

    private double cleared(String task) {
        return bench.registry
                .get("bellhop.retention.cleared")
                .tag("duty", task)
                .counter()
                .count();
    }

    @Test
    void clearsPayloadsOnlyAfterTheirRetention() {
        String old = bench.receive(user("user_1"));
        bench.clock.advance(Duration.ofDays(7));
        String recent = bench.receive(user("user_2"));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(old)).isTrue();

        bench.clock.advance(Duration.ofMillis(1));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(old)).isFalse();
        assertThat(hasPayload(recent)).isTrue();
        assertThat(bench.stateOf(old)).isEqualTo("mirrored");
        assertThat(bench.replay.replay(old)).isEqualTo(Replay.Outcome.PAYLOAD_EXPIRED);
        assertThat(cleared("payloads")).isEqualTo(1);
    }

    @Test
    void keepsPayloadsOfWaitingMessagesUntilMessagesExpire() {
        String dead = bench.receive(Json.of("{'type':'user.created','data':{'first_name':'x'}}"));
        String waiting = bench.receive(user("user_1"));
        assertThat(bench.replay.replay(waiting)).isEqualTo(Replay.Outcome.DUE);
        bench.clock.advance(Duration.ofDays(89));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(dead)).isTrue();
        assertThat(hasPayload(waiting)).isTrue();

        bench.clock.advance(Duration.ofDays(2));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "bellhop_inbox")).isZero();
        assertThat(cleared("messages")).isEqualTo(2);
    }

    @Test
    void checksLimitedNumberOfDeadLettersAtOnce() {
        long begin = bench.clock.millis() - 10_000;
        Rows.execute(
                bench.database(), """
                insert into bellhop_inbox (message_id, type, received_at, state, attempts, died_at, payload)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 5000)
                select 'msg_old_' || n, 'user.created', %d + n, 'dead', 0, n, %s from numbers""".formatted(begin, kind == TestDatabase.SQLITE ? "x'7b7d'" : "'\\x7b7d'::bytea"));
        String done = bench.receive(Json.of("{'type':'user.created','data':{'id':'user_1'}}"));
        RetentionSql sql = new RetentionSql(bench.database().dialect());
        RetentionSql.OldPayloads batch =
                bench.database().read(connection -> sql.oldPayloads(connection, Long.MAX_VALUE, null));
        assertThat(batch.done()).isEmpty();
        assertThat(batch.end()).isEqualTo(new MessagePlace(begin + 2_000, "msg_old_2000"));

        bench.clock.advance(Duration.ofDays(8));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(done)).isFalse();
        assertThat(hasPayload("msg_old_1")).isTrue();

        Rows.execute(
                bench.database(),
                "update bellhop_inbox set state = 'aside', died_at = null where message_id = 'msg_old_1'");
        bench.clock.advance(Duration.ofMinutes(11));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload("msg_old_1")).isFalse();
        assertThat(hasPayload("msg_old_2")).isTrue();
    }

    @Test
    void clearsPrivatePayloadsIgnoringCaseOfTypes() {
        List<String> types = List.of(
                "email.created",
                "Email.created",
                "EMAIL.CREATED",
                "eMaIl",
                "emails.created",
                "email.bounced",
                "Sms.created",
                "smsMessage.created",
                "sms",
                "user.email",
                "emaıl.created",
                "ema",
                "sm.s",
                "mail.created");
        for (String type : types) {
            String message = bench.receive(Json.of("{'type':'%s','data':{'code':'123456'}}", type));
            bench.clock.advance(Duration.ofHours(1));
            bench.retention.runOnce(() -> true);
            assertThat(hasPayload(message)).as(type).isNotEqualTo(PrivateData.isMessage(type));
            byte[] content = Json.of("{'type':'%s','data':{'body':'123456','subject':'123456'}}", type);
            for (PayloadView view : List.of(PayloadView.DEVELOPERS, PayloadView.SCREEN)) {
                boolean withheld = !new ShownPayload(view, type, content).line().contains("123456");
                assertThat(withheld).as("%s in %s", type, view).isEqualTo(PrivateData.isMessage(type));
            }
        }
        assertThat(types.stream().filter(PrivateData::isMessage)).hasSize(9);
    }

    @Test
    void clearsMessagesInSeveralBatches() {
        for (int i = 0; i < 1_100; i++) {
            bench.receive(user("user_" + i % 3));
        }
        bench.clock.advance(Duration.ofDays(8));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.one(bench.database(), "select count(*) as n from bellhop_inbox where payload is not null"))
                .containsEntry("n", 0L);
        assertThat(Rows.count(bench.database(), "bellhop_inbox")).isEqualTo(1_100);

        bench.clock.advance(Duration.ofDays(83));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "bellhop_inbox")).isZero();
        assertThat(Rows.count(bench.database(), "clerk_users")).isEqualTo(3);
    }

    @Test
    void deletesDiscardsOnlyAfterRetentionOfMessages() {
        discard("msg_old");
        bench.clock.advance(Duration.ofDays(90));
        discard("msg_young");
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "bellhop_discards")).isEqualTo(2);

        bench.clock.advance(Duration.ofMillis(1));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.query(bench.database(), "select message_id from bellhop_discards"))
                .extracting(row -> row.get("message_id"))
                .isEqualTo(List.of("msg_young"));
    }

    private void discard(String messageId) {
        Rows.execute(bench.database(), """
                insert into bellhop_inbox (message_id, type, received_at, state, reason, attempts, died_at)
                values ('%s', 'user.created', %d, 'dead', 'X 1', 12, 1)""".formatted(messageId, bench.clock.millis()));
        assertThat(new DeadLetters(bench.database(), bench.clock).discard(messageId, DeadLetter.MIRROR, "test data"))
                .isTrue();
    }

    @Test
    void clearsPayloadsOfEmailsWhenMirrored() {
        String mirrored = bench.receive(email("ema_1"));
        assertThat(bench.stateOf(mirrored)).isEqualTo("mirrored");
        assertThat(hasPayload(mirrored)).isFalse();
        assertThat(hasPayload(bench.receive(user("user_1")))).isTrue();
    }

    @Test
    void clearsPayloadsOfUnmirroredEmailsWithinAnHour() {
        bench.close();
        bench = new SyncBench(
                kind,
                settings ->
                        settings.withMirror(settings.mirror().withTables(TableChoice.allBut("clerk_communications"))));
        String kept = bench.receive(email("ema_1"));
        String waiting = bench.receive(email("ema_2"));
        assertThat(bench.replay.replay(waiting)).isEqualTo(Replay.Outcome.DUE);
        String user = bench.receive(user("user_1"));
        assertThat(bench.stateOf(kept)).isEqualTo("kept");
        bench.clock.advance(Duration.ofMinutes(49));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(kept)).isTrue();

        bench.clock.advance(Duration.ofMinutes(10));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(kept)).isFalse();
        assertThat(hasPayload(waiting)).isFalse();
        assertThat(hasPayload(user)).isTrue();
    }

    @Test
    void clearsPayloadsOfDeletedUserAndLaterOnesAtOnce() {
        String created = bench.receive(user("user_1"));
        String session = bench.receive(session("sess_1", "user_1", "active", 0));
        String other = bench.receive(user("user_2"));
        String deletion = bench.receive(deleted("user_1", bench.clock.millis()));
        assertThat(hasPayload(deletion)).isFalse();

        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(created)).isFalse();
        assertThat(hasPayload(session)).isFalse();
        assertThat(hasPayload(other)).isTrue();
        assertThat(hasPayload(bench.receive(session("sess_1", "user_1", "ended", 0))))
                .isFalse();
    }

    @Test
    void keepsWaitingPayloadsOfDeletedUserForADay() {
        String waiting = bench.receive(user("user_1"));
        assertThat(bench.replay.replay(waiting)).isEqualTo(Replay.Outcome.DUE);
        bench.receive(deleted("user_1", bench.clock.millis()));
        bench.clock.advance(Duration.ofHours(23));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(waiting)).isTrue();

        bench.clock.advance(Duration.ofHours(2));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(waiting)).isFalse();
        bench.worker.runOnce();
        assertThat(Rows.one(bench.database(), "select * from bellhop_inbox where message_id = ?", waiting))
                .containsEntry("reason", "payload-expired");
    }

    @Test
    void clearsPayloadsOfDeletedUserThatCannotBeMirrored() {
        bench.receive(deleted("user_1", bench.clock.millis()));
        bench.retention.runOnce(() -> true);
        Rows.execute(bench.database(), "alter table clerk_sessions rename to clerk_sessions_gone");
        String waiting = bench.receive(session("sess_1", "user_1", "active", 0));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(waiting)).isTrue();

        bench.clock.advance(Duration.ofHours(25));
        bench.retention.runOnce(() -> true);
        Rows.execute(bench.database(), "alter table clerk_sessions_gone rename to clerk_sessions");
        assertThat(hasPayload(waiting)).isFalse();
    }

    @Test
    void listsNewestMessagesWithAndWithoutPayload() {
        for (int i = 0; i < 6; i++) {
            bench.receive(i % 2 == 0 ? email("ema_" + i) : user("user_" + i));
            bench.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(new TableReader(bench.database()).newest("bellhop_inbox", 4))
                .extracting(row -> row.values().get("entity_id"))
                .containsExactly("user_5", "ema_4", "user_3", "ema_2");
    }

    @Test
    void clearsManyDeletedUsersAndContinuesAfterTaskFails() {
        for (int i = 0; i < 250; i++) {
            bench.receive(user("user_" + i));
            bench.receive(deleted("user_" + i, bench.clock.millis()));
        }
        Rows.execute(bench.database(), "alter table bellhop_erasures rename to bellhop_erasures_gone");
        bench.retention.runOnce(() -> true);
        Rows.execute(bench.database(), "alter table bellhop_erasures_gone rename to bellhop_erasures");
        assertThat(bench.registry
                        .get("bellhop.retention.failed")
                        .tag("duty", "erasures")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(cleared("deleted-user-payloads")).isEqualTo(250);
        assertThat(Rows.one(
                        bench.database(),
                        "select count(*) as n from bellhop_tombstones where payloads_cleared_at is null"))
                .containsEntry("n", 0L);
    }

    @Test
    void keepsSessionsAndAuditLogForeverByDefault() {
        bench.receive(session("sess_1", "user_1", "ended", bench.clock.millis()));
        bench.clock.advance(Duration.ofDays(1000));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "clerk_sessions")).isEqualTo(1);
        assertThat(Rows.count(bench.database(), "clerk_audit_log")).isEqualTo(1);
    }

    @Test
    void deletesEndedSessionsAndOldAuditLogEntries() {
        reopen(new RetentionSettings(
                Duration.ofDays(7), Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(60)));
        long far = bench.clock.instant().plus(Duration.ofDays(500)).toEpochMilli();
        bench.receive(session("sess_ended", "user_1", "ended", far));
        bench.receive(session("sess_expired", "user_1", "active", bench.clock.millis()));
        bench.receive(session("sess_live", "user_1", "active", far));
        bench.receive(session("sess_of_deleted", "user_2", "active", far));
        bench.receive(deleted("user_2", bench.clock.millis()));
        bench.clock.advance(Duration.ofDays(29));
        bench.receive(session("sess_late", "user_1", "ended", far));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "clerk_sessions")).isEqualTo(5);

        bench.clock.advance(Duration.ofDays(2));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.query(bench.database(), "select id from clerk_sessions order by id"))
                .extracting(row -> row.get("id"))
                .isEqualTo(List.of("sess_late", "sess_live"));
        assertThat(Rows.count(bench.database(), "clerk_audit_log")).isEqualTo(5);

        bench.clock.advance(Duration.ofDays(30));
        bench.retention.runOnce(() -> true);
        assertThat(Rows.count(bench.database(), "clerk_audit_log")).isEqualTo(1);
    }
}
