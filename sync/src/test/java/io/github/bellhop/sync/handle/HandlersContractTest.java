package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EmailEvent;
import io.github.bellhop.event.SessionEvent;
import io.github.bellhop.event.UnknownEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The guarantees for handlers, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class HandlersContractTest {
    private static final RetryPolicy TWICE = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(1), 2);

    @Parameter
    TestDatabase kind;

    private final List<String> calls = new ArrayList<>();
    private SyncBench bench;

    private void open(Handlers.Builder handlers) {
        bench = new SyncBench(kind, handlers.build());
        Rows.execute(bench.database(), "create table app_log (message_id text, note text)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static byte[] user(String id, String type, int version) {
        return Json.of(
                "{'type':'user.%s','timestamp':17000000000%02d,"
                        + "'data':{'id':'%s','first_name':'n%d','updated_at':17000000000%02d}}",
                type, version, id, version, version);
    }

    private static byte[] deleted(String id) {
        return Json.of("{'type':'user.deleted','timestamp':1700000000099,'data':{'id':'%s','deleted':true}}", id);
    }

    private static byte[] email(String id) {
        return Json.of(
                "{'type':'email.created','timestamp':1700000000000,'data':{'id':'%s','user_id':'user_1',"
                        + "'to_email_address':'a@example.com','body':'code 123456'}}",
                id);
    }

    private HandlerOutcome write(HandlerRun run, String note) throws SQLException {
        try (Connection connection = run.connection();
                PreparedStatement statement = connection.prepareStatement("insert into app_log values (?, ?)")) {
            statement.setString(1, run.messageId());
            statement.setString(2, note);
            statement.executeUpdate();
        }
        return HandlerOutcome.done();
    }

    private HandlerOutcome note(ClerkEvent event, HandlerRun run) {
        calls.add(run.messageId() + (run.stale() ? " stale" : "") + (run.replay() ? " replay" : ""));
        return HandlerOutcome.done();
    }

    private List<Object> logged() {
        return Rows.query(bench.database(), "select note from app_log order by note").stream()
                .map(row -> row.get("note"))
                .toList();
    }

    private long runs() {
        return Rows.count(bench.database(), "bellhop_handler_runs");
    }

    private double counted(String handler, String outcome) {
        return bench.registry
                .get("bellhop.handler.runs")
                .tags("handler", handler, "outcome", outcome)
                .counter()
                .count();
    }

    private boolean hasPayload(String messageId) {
        return Rows.one(bench.database(), "select payload from bellhop_inbox where message_id = ?", messageId)
                        .get("payload")
                != null;
    }

    @Test
    void callsOnceAndCommitsWritesWithDoneMark() {
        open(Handlers.builder().on(UserEvent.Created.class, "welcome", (event, run) -> {
            assertThat(run.attempt()).isEqualTo(1);
            assertThat(run.handler()).isEqualTo("welcome");
            assertThat(run.receivedAt()).isEqualTo(bench.clock.instant());
            assertThat(run.stale()).isFalse();
            assertThat(run.replay()).isFalse();
            return write(run, event.data().firstName() + " " + event.meta().messageId());
        }));
        String id = bench.receive(user("user_1", "created", 1));
        assertThat(runs()).isEqualTo(1);
        assertThat(bench.handlerWorker.runOnce()).isTrue();
        assertThat(bench.handlerWorker.runOnce()).isFalse();
        assertThat(logged()).containsExactly("n1 " + id);
        assertThat(runs()).isZero();
        assertThat(counted("welcome", "done")).isEqualTo(1);
    }

    @Test
    void addsNoRunForUnwantedOrRedeliveredMessage() {
        open(Handlers.builder()
                .on(UserEvent.class, "users", this::note)
                .on(UnknownEvent.class, "unknown", this::note)
                .on(ClerkEvent.class, "all", this::note));
        bench.receive("msg_u", user("user_1", "created", 1));
        bench.receive("msg_w", Json.of("{'type':'weather.changed','data':{}}"));
        assertThat(bench.runHandlers()).isEqualTo(4);
        assertThat(calls).containsExactlyInAnyOrder("msg_u", "msg_u", "msg_w", "msg_w");

        assertThat(bench.receive("msg_u", user("user_1", "created", 1))).isEqualTo(Receipt.KNOWN);
        assertThat(runs()).as("for a redelivery").isZero();
        bench.receive(Json.of("{'not':'typed'}"));
        bench.receive(Json.of("{'type':'user.created','data':{'first_name':'x'}}"));
        assertThat(runs()).as("for messages set aside or dead").isZero();
        bench.close();

        open(Handlers.builder().on(SessionEvent.class, "sessions", this::note));
        bench.receive(user("user_1", "created", 1));
        assertThat(runs()).as("for an event without a handler").isZero();
    }

    @Test
    void rollsBackFailedAttemptAndRetries() {
        open(Handlers.builder().on(UserEvent.class, "users", (event, run) -> {
            write(run, "attempt " + run.attempt());
            if (run.attempt() == 1) {
                throw new StackOverflowError("quotes the payload");
            }
            return HandlerOutcome.done();
        }));
        bench.receive(user("user_1", "created", 1));
        assertThat(bench.runHandlers()).isEqualTo(1);
        assertThat(logged()).isEmpty();
        assertThat(Rows.one(bench.database(), "select * from bellhop_handler_runs"))
                .containsEntry("attempts", 1L)
                .containsEntry("reason", "StackOverflowError")
                .hasEntrySatisfying(
                        "next_attempt_at",
                        at -> assertThat((Long) at)
                                .isBetween(bench.clock.millis() + 4000, bench.clock.millis() + 6000));
        bench.clock.advance(Duration.ofSeconds(7));
        assertThat(bench.runHandlers()).isEqualTo(1);
        assertThat(logged()).containsExactly("attempt 2");
        assertThat(runs()).isZero();
        assertThat(counted("users", "failed")).isEqualTo(1);
    }

    @Test
    void preventsHandlerFromEndingTransaction() {
        open(Handlers.builder().on(UserEvent.class, "users", (event, run) -> {
            Connection connection = run.connection();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(SQLException.class);
            write(run, "kept");
            var point = connection.setSavepoint();
            write(run, "rolled back");
            connection.rollback(point);
            return HandlerOutcome.done();
        }));
        bench.receive(user("user_1", "created", 1));
        bench.runHandlers();
        assertThat(logged()).containsExactly("kept");
    }

    @Test
    void retriesWhenHandlerIgnoresFailedStatement() {
        open(Handlers.builder().on(UserEvent.class, "users", (event, run) -> {
            write(run, "attempt " + run.attempt());
            if (run.attempt() == 1) {
                try (var statement = run.connection().createStatement()) {
                    statement.execute("insert into no_such_table values (1)");
                } catch (SQLException ignored) {
                    return HandlerOutcome.done();
                }
            }
            return HandlerOutcome.done();
        }));
        bench.receive(user("user_1", "created", 1));
        bench.runHandlers();
        // SQLite undoes only the failed statement; PostgreSQL rejects all statements that follow.
        assertThat(logged()).isEqualTo(kind == TestDatabase.SQLITE ? List.of("attempt 1") : List.of());
        bench.clock.advance(Duration.ofSeconds(7));
        bench.runHandlers();
        assertThat(logged()).hasSize(1);
        assertThat(runs()).isZero();
    }

    @Test
    void continuesOtherLanesWhileOneFails() {
        boolean[] broken = {true};
        open(Handlers.builder()
                .on(UserEvent.class, "users", (event, run) -> {
                    if (broken[0] && idOf(event).equals("user_1")) {
                        throw new IllegalStateException("broken");
                    }
                    return note(event, run);
                })
                .on(UserEvent.class, "others", (event, run) -> HandlerOutcome.done()));
        bench.receive("msg_a1", user("user_1", "created", 1));
        bench.receive("msg_a2", user("user_1", "updated", 2));
        bench.receive("msg_b1", user("user_2", "created", 1));
        bench.receive("msg_a3", user("user_1", "updated", 3));
        bench.receive("msg_b2", user("user_2", "updated", 2));
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_b1", "msg_b2");
        assertThat(counted("others", "done"))
                .as("another handler's lane of user_1")
                .isEqualTo(5);
        bench.receive("msg_a4", user("user_1", "updated", 4));
        broken[0] = false;
        bench.runHandlers();
        assertThat(calls).as("no run overtakes the head").hasSize(2);

        bench.clock.advance(Duration.ofSeconds(7));
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_b1", "msg_b2", "msg_a1", "msg_a2", "msg_a3", "msg_a4");
        assertThat(runs()).isZero();
    }

    private static String idOf(UserEvent event) {
        return String.valueOf(event.data().id());
    }

    @Test
    void keepsOrderWithinBatch() {
        open(Handlers.builder().on(UserEvent.class, "users", this::note));
        bench.receiveBatch(List.of(
                bench.message("msg_1", user("user_1", "created", 1)),
                bench.message("msg_2", user("user_1", "updated", 2)),
                bench.message("msg_3", user("user_1", "updated", 3))));
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_1", "msg_2", "msg_3");
    }

    @Test
    void skipsStaleEventsUnlessRequested() {
        open(Handlers.builder()
                .on(UserEvent.class, "users", this::note)
                .on(
                        UserEvent.class,
                        "everything",
                        HandlerOptions.DEFAULT.withStale(),
                        (event, run) -> write(run, run.messageId() + (run.stale() ? " stale" : ""))));
        bench.receive("msg_updated", user("user_1", "updated", 5));
        bench.receive("msg_late", user("user_1", "updated", 4));
        bench.receive("msg_created", user("user_1", "created", 1));
        bench.receive("msg_newer", user("user_1", "updated", 6));
        bench.receive("msg_deleted", deleted("user_1"));
        bench.receive("msg_again", user("user_1", "created", 2));
        bench.receive("msg_after", user("user_1", "updated", 50));
        bench.receive("msg_twice", deleted("user_1"));
        bench.runHandlers();
        assertThat(calls)
                .containsExactlyInAnyOrder(
                        "msg_updated", "msg_created stale", "msg_newer", "msg_deleted", "msg_twice stale");
        assertThat(logged())
                .containsExactlyInAnyOrder(
                        "msg_updated",
                        "msg_late stale",
                        "msg_created stale",
                        "msg_newer",
                        "msg_deleted",
                        "msg_again stale",
                        "msg_after stale",
                        "msg_twice stale");
    }

    @Test
    void detectsStaleEventsWithinBatch() {
        open(Handlers.builder().on(UserEvent.class, "users", this::note));
        bench.receiveBatch(List.of(
                bench.message("msg_1", user("user_1", "created", 1)),
                bench.message("msg_2", user("user_1", "updated", 7)),
                bench.message("msg_3", user("user_1", "updated", 6)),
                bench.message("msg_4", deleted("user_1")),
                bench.message("msg_5", user("user_1", "created", 2))));
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_1", "msg_2", "msg_4");
    }

    @Test
    void rollsBackWhenHandlerPostponesOrGivesUp() {
        open(Handlers.builder().on(UserEvent.class, "users", (event, run) -> {
            calls.add("attempt " + run.attempt());
            write(run, "written");
            return calls.size() == 1
                    ? HandlerOutcome.retryAt(bench.clock.instant().plusSeconds(60))
                    : HandlerOutcome.giveUp("no such plan");
        }));
        bench.receive("msg_1", user("user_1", "created", 1));
        bench.runHandlers();
        bench.clock.advance(Duration.ofSeconds(59));
        assertThat(bench.runHandlers()).isZero();
        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(bench.runHandlers()).isEqualTo(1);
        assertThat(calls).containsExactly("attempt 1", "attempt 1");
        assertThat(logged()).isEmpty();
        assertThat(Rows.one(bench.database(), "select * from bellhop_dead_letters"))
                .containsEntry("message_id", "msg_1")
                .containsEntry("handler", "users")
                .containsEntry("reason", "no such plan")
                .containsEntry("attempts", 1L);
    }

    @Test
    void continuesLaneAfterDeadLetterAndReplaysIt() {
        boolean[] broken = {true};
        open(Handlers.builder()
                .on(UserEvent.class, "users", HandlerOptions.DEFAULT.withRetry(TWICE), (event, run) -> {
                    if (broken[0] && run.messageId().equals("msg_1")) {
                        throw new IllegalStateException();
                    }
                    return note(event, run);
                })
                .on(SessionEvent.class, "sessions", this::note));
        bench.receive("msg_1", user("user_1", "created", 1));
        bench.receive("msg_2", user("user_1", "updated", 2));
        bench.runHandlers();
        bench.clock.advance(Duration.ofSeconds(7));
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_2");
        assertThat(Rows.one(bench.database(), "select * from bellhop_dead_letters"))
                .containsEntry("handler", "users")
                .containsEntry("reason", "IllegalStateException")
                .containsEntry("attempts", 2L);

        broken[0] = false;
        assertThat(bench.replay.replay("msg_1")).isEqualTo(Replay.Outcome.DUE);
        bench.worker.runOnce();
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_2", "msg_1 replay");
        assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();

        bench.replay.replay("msg_2");
        bench.worker.runOnce();
        bench.runHandlers();
        assertThat(calls).as("a run that was done is replayed too").endsWith("msg_2 replay");
        assertThat(runs()).isZero();
    }

    @Test
    void makesRunWithoutPayloadADeadLetter() {
        open(Handlers.builder().on(UserEvent.class, "users", this::note));
        bench.receive("msg_1", user("user_1", "created", 1));
        bench.receive("msg_2", user("user_1", "updated", 2));
        Rows.execute(bench.database(), "update bellhop_inbox set payload = null where message_id = 'msg_1'");
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_2");
        assertThat(Rows.one(bench.database(), "select * from bellhop_dead_letters"))
                .containsEntry("message_id", "msg_1")
                .containsEntry("reason", "payload-expired");
        bench.clock.advance(Duration.ofDays(91));
        bench.retention.runOnce(() -> true);
        assertThat(runs()).as("dead runs of expired messages").isZero();
    }

    @Test
    void clearsEmailAfterItsHandlersOrOneHour() {
        boolean[] broken = {false};
        open(Handlers.builder()
                .on(EmailEvent.class, "mailer", (event, run) -> {
                    if (broken[0]) {
                        throw new IllegalStateException();
                    }
                    assertThat(event.data().body()).contains("123456");
                    return HandlerOutcome.done();
                })
                .on(EmailEvent.class, "archive", this::note));
        String sent = bench.receive(email("ema_1"));
        assertThat(hasPayload(sent)).isTrue();
        assertThat(bench.handlerWorker.runOnce()).isTrue();
        assertThat(hasPayload(sent)).as("while another handler waits").isTrue();
        assertThat(bench.handlerWorker.runOnce()).isTrue();
        assertThat(hasPayload(sent)).isFalse();

        broken[0] = true;
        String failing = bench.receive(email("ema_2"));
        bench.runHandlers();
        assertThat(hasPayload(failing)).isTrue();
        bench.clock.advance(Duration.ofMinutes(59));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(failing)).isFalse();
        broken[0] = false;
        bench.runHandlers();
        assertThat(Rows.one(bench.database(), "select reason from bellhop_dead_letters"))
                .isEqualTo(Map.of("reason", "payload-expired"));
    }

    @Test
    void keepsPayloadsOfDeletedUserOneDayForRuns() {
        boolean[] broken = {true};
        open(Handlers.builder().on(UserEvent.class, "users", (event, run) -> {
            if (broken[0]) {
                throw new IllegalStateException();
            }
            return note(event, run);
        }));
        String created = bench.receive(user("user_1", "created", 1));
        String deletion = bench.receive(
                Json.of("{'type':'user.deleted','timestamp':%d,'data':{'id':'user_1'}}", bench.clock.millis()));
        bench.runHandlers();
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(created)).isTrue();
        assertThat(hasPayload(deletion)).isTrue();
        bench.clock.advance(Duration.ofSeconds(7));
        broken[0] = false;
        bench.runHandlers();
        assertThat(calls).containsExactly(created, deletion);
        assertThat(hasPayload(deletion)).as("after its last run").isFalse();
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(created)).isFalse();

        broken[0] = true;
        String other = bench.receive(user("user_2", "created", 1));
        bench.receive(Json.of("{'type':'user.deleted','timestamp':%d,'data':{'id':'user_2'}}", bench.clock.millis()));
        bench.clock.advance(Duration.ofHours(25));
        bench.retention.runOnce(() -> true);
        assertThat(hasPayload(other)).as("after a day").isFalse();
    }

    @Test
    void waitsUntilMessageIsMirrored() {
        open(Handlers.builder().on(UserEvent.class, "users", this::note));
        Rows.execute(bench.database(), "alter table clerk_users rename to clerk_users_gone");
        bench.receive("msg_2", user("user_1", "updated", 2));
        bench.receive("msg_3", user("user_1", "updated", 1));
        assertThat(runs()).isEqualTo(2);
        assertThat(bench.runHandlers()).isZero();
        bench.worker.runOnce();
        assertThat(bench.runHandlers()).isZero();

        Rows.execute(bench.database(), "alter table clerk_users_gone rename to clerk_users");
        bench.clock.advance(Duration.ofSeconds(7));
        assertThat(bench.worker.runOnce()).isEqualTo(2);
        bench.runHandlers();
        assertThat(calls).as("the newer one, whichever is retried first").contains("msg_2");
        assertThat(runs()).isZero();
    }

    @Test
    void callsHandlerForMessageThatCannotBeMirrored() {
        open(Handlers.builder().on(UserEvent.class, "users", this::note));
        Rows.execute(bench.database(), "alter table clerk_users rename to clerk_users_gone");
        bench.receive("msg_1", user("user_1", "updated", 2));
        for (int i = 0; i < 12; i++) {
            bench.worker.runOnce();
            bench.clock.advance(Duration.ofHours(8));
        }
        assertThat(bench.stateOf("msg_1")).isEqualTo("dead");
        bench.runHandlers();
        assertThat(calls).containsExactly("msg_1");
    }
}
