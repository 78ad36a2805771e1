package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.server.terminal.Terminal;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code bellhop messages replay} with and without a running server. */
@Timeout(300)
@SameOnEveryJdk
class MessagesReplayTest {
    private static final String DUE = "state = 'kept' and next_attempt_at is not null";

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(12));

    @TempDir
    Path folder;

    private Run replay(DatabaseSettings settings, Terminal terminal, String... arguments) {
        List<String> all = new ArrayList<>(List.of("messages", "replay"));
        all.addAll(List.of(arguments));
        return Run.of(terminal, folder, ProgramProcess.environment(settings), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void isProcessedByTheRunningServer(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            List<String> ids = new ArrayList<>();
            for (String user : List.of("user_a1", "user_b2", "user_c3")) {
                ids.add(fixtures.messageId());
                program.send(OutgoingMessage.of(
                        ids.get(ids.size() - 1), fixtures.event("user.created").id(user)));
            }
            Rows.execute(database, "delete from clerk_users");
            Rows.execute(database, "update bellhop_inbox set state = 'dead', reason = 'X 1', died_at = 1");

            Run one = replay(settings, TypedAnswers.noTerminal(), ids.get(0));
            assertThat(one.exitCode()).isZero();
            program.await("the message is mirrored", () -> Rows.count(database, "clerk_users") == 1);

            Run unknown =
                    replay(settings, TypedAnswers.noTerminal(), "--state", "dead", "--yes", "--handler", "nosuch");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.err()).contains("Unknown handler \"nosuch\"", "No app has registered");
            Rows.execute(database, "insert into bellhop_handlers values ('mailer', 1)");
            assertThat(replay(settings, TypedAnswers.noTerminal(), ids.get(1), "--handler", "nosuch")
                            .err())
                    .contains("Known handlers: mailer.");
            Run many = replay(settings, TypedAnswers.noTerminal(), "--state", "dead", "--yes", "--handler", "mailer");
            assertThat(many.err()).contains("2 messages", "Due again: 2 of 2.");
            assertThat(many.exitCode()).isZero();
            program.await("the others are mirrored", () -> Rows.count(database, "clerk_users") == 3);
            assertThat(Rows.count(database, "bellhop_handler_runs where handler = 'mailer' and replay"))
                    .as("runs that wait for the app with the handler")
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsAndPrintsTheResult(TestDatabase kind) throws Exception {
        DatabaseSettings settings = kind.fresh();
        HandlerOptions once =
                HandlerOptions.DEFAULT.withRetry(new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
        AtomicBoolean works = new AtomicBoolean();
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "mailer", once, (event, run) -> {
                    if (!works.get()) {
                        throw new IllegalStateException("no mail server");
                    }
                    return HandlerOutcome.done();
                })
                .build();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), same -> same, handlers)) {
            String id =
                    bench.receive(fixtures.event("user.created").id("user_a1").payload());
            assertThat(bench.runHandlers()).isEqualTo(1);
            // The command uses this machine's clock, so the test's clock must be ahead of it.
            bench.clock.advance(Duration.ofDays(100_000));

            Run timedOut = replay(settings, TypedAnswers.noTerminal(), id, "--wait", "--timeout", "1s");
            assertThat(timedOut.exitCode()).isEqualTo(1);
            assertThat(timedOut.out()).contains("handler mailer: waiting", "Still waiting after 1 s");

            AtomicBoolean stopped = new AtomicBoolean();
            Thread app = new Thread(() -> {
                while (!stopped.get()) {
                    int unused = bench.worker.runOnce() + bench.runHandlers();
                    LockSupport.parkNanos(10_000_000);
                }
            });
            app.start();
            try {
                Run failed = replay(settings, TypedAnswers.noTerminal(), id, "--wait");
                assertThat(failed.exitCode()).isEqualTo(1);
                assertThat(failed.out())
                        .contains("mirror: ", "handler mailer: dead letter", "IllegalStateException: no mail");
                works.set(true);
                Run done = replay(settings, TypedAnswers.noTerminal(), id, "--wait");
                assertThat(done.out()).contains("handler mailer: done");
                assertThat(done.exitCode()).isZero();
            } finally {
                stopped.set(true);
                app.join();
            }
        }
    }

    private void keep(Database database, int messages) {
        int unused = database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into bellhop_inbox (message_id, type,"
                    + " received_at, state, attempts, payload) values (?, 'user.created', ?, 'stale', 0, ?)")) {
                for (int i = 0; i < messages; i++) {
                    insert.setString(1, "msg_%06d".formatted(i));
                    insert.setLong(2, 1_000L + i / 2);
                    insert.setBytes(3, new byte[] {'{', '}'});
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void asksForConfirmationWithTheNumberOfMessages(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        TestDatabase.open(settings).close();
        Database database = Databases.unpooled(settings);
        keep(database, 450);
        Rows.execute(database, "update bellhop_inbox set payload = null where message_id < 'msg_000003'");

        Run unconfirmed = replay(settings, TypedAnswers.noTerminal(), "--type", "user.*");
        assertThat(unconfirmed.exitCode()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("447 messages", "payload: 3", "--yes");
        Run refused = replay(settings, TypedAnswers.of("y"), "--type", "user.*");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Type yes", "Nothing was done.");
        assertThat(Rows.count(database, "bellhop_inbox where " + DUE)).isZero();

        Run some = replay(settings, TypedAnswers.of("yes"), "--type", "user.*", "--after", "msg_000399");
        assertThat(some.exitCode()).isZero();
        assertThat(Rows.count(database, "bellhop_inbox where " + DUE)).isEqualTo(50);
        Run all = replay(settings, TypedAnswers.of("yes"), "--type", "user.*");
        assertThat(all.err()).contains("Due again: 447 of 447.");
        assertThat(Rows.count(database, "bellhop_inbox where " + DUE)).isEqualTo(447);
    }

    @Test
    void reportsItsProgressWhenInterrupted() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        Database database = Databases.unpooled(settings);
        keep(database, 40_000);
        try (ProgramProcess replay = ProgramProcess.start(
                folder,
                ProgramProcess.environment(settings),
                List.of(),
                "messages",
                "replay",
                "--state",
                "stale",
                "--yes")) {
            replay.await("it has begun", () -> replay.output().contains("Due again: 500 of 40000"));
            replay.terminate();
            assertThat(replay.exitCode()).isNotZero();
            long done = Rows.count(database, "bellhop_inbox where " + DUE);
            assertThat(done).isBetween(500L, 39_999L);
            assertThat(replay.output().replaceAll("\\s+", " "))
                    .contains("Stopped early. Due again: " + done + " of 40000")
                    .contains("--after msg_%06d".formatted(done - 1));
        }
    }

    private static void keepAside(Database database, String id, String state, String reason, String payload) {
        int unused = database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into bellhop_inbox (message_id, type,"
                    + " instance_id, received_at, state, reason, attempts, died_at, payload)"
                    + " values (?, 'user.created', 'ins_dev', 1000, ?, ?, 0, ?, ?)")) {
                insert.setString(1, id);
                insert.setString(2, state);
                insert.setString(3, reason);
                insert.setObject(4, state.equals("dead") ? 1000L : null, Types.BIGINT);
                insert.setBytes(5, payload.getBytes(StandardCharsets.UTF_8));
                return insert.executeUpdate();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void explainsWhichMessagesAReplayCannotChange(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        TestDatabase.open(settings).close();
        Database database = Databases.unpooled(settings);
        String user = "{\"type\":\"user.created\",\"instance_id\":\"ins_dev\",\"data\":{\"id\":\"%s\"}}";
        keepAside(database, "msg_foreign", "aside", "foreign-instance", user.formatted("user_1"));
        keepAside(database, "msg_untyped", "aside", "untyped", "{}");
        keepAside(
                database,
                "msg_blank",
                "dead",
                "malformed-entity-id",
                user.replace("ins_dev", "ins_ours").formatted(" "));
        keepAside(
                database,
                "msg_fit",
                "aside",
                "discarded",
                user.replace("ins_dev", "ins_ours").formatted("user_2"));
        Map<String, String> environment = new HashMap<>(ProgramProcess.environment(settings));
        environment.put("BELLHOP_INSTANCE_ID", "ins_ours");

        Run foreign = Run.of(folder, environment, "messages", "replay", "msg_foreign", "--json");
        assertThat(foreign.exitCode()).isEqualTo(1);
        assertThat(foreign.err().replaceAll("\\s+", " "))
                .contains("foreign-instance", "cannot be applied while BELLHOP_INSTANCE_ID is ins_ours");
        assertThat(foreign.out().strip()).isEqualTo("{\"due\":0,\"left\":{\"foreign-instance\":1}}");
        Run untyped = Run.of(folder, environment, "messages", "replay", "msg_untyped");
        assertThat(untyped.err().replaceAll("\\s+", " ")).contains("untyped", "cannot be applied");
        Rows.execute(database, "insert into bellhop_handlers values ('mailer', 1)");
        Run blank = Run.of(folder, environment, "messages", "replay", "msg_blank", "--handler", "mailer");
        assertThat(blank.err().replaceAll("\\s+", " ")).contains("entity id", "cannot be applied");
        assertThat(Rows.count(database, "bellhop_inbox where " + DUE)).isZero();
        assertThat(Rows.count(database, "bellhop_handler_runs")).isZero();

        Run many = Run.of(folder, environment, "messages", "replay", "--type", "user.*", "--yes", "--json");
        assertThat(many.exitCode()).isEqualTo(1);
        assertThat(many.err().replaceAll("\\s+", " "))
                .contains("Due again: 1 of 4.", "1 of another Clerk instance", "1 without a type", "(unfit-entity-id)");
        assertThat(many.out().strip())
                .isEqualTo("{\"due\":1,\"left\":{\"foreign-instance\":1,\"untyped\":1,\"unfit-entity-id\":1}}");
        assertThat(Rows.count(database, "bellhop_inbox where " + DUE)).isEqualTo(1);

        Run dead = Run.of(folder, environment, "dead-letters", "replay", "msg_blank");
        assertThat(dead.exitCode()).isEqualTo(1);
        assertThat(dead.err().replaceAll("\\s+", " ")).contains("cannot be applied (unfit-entity-id)");

        Run unsure = replay(settings, TypedAnswers.noTerminal(), "msg_foreign");
        assertThat(unsure.exitCode()).isZero();
        assertThat(unsure.err().replaceAll("\\s+", " "))
                .contains("due again", "only if the server's BELLHOP_INSTANCE_ID is ins_dev");

        Run list = Run.of(folder, environment, "messages");
        assertThat(list.out()).contains("no type", "untyped");
        assertThat(Run.of(folder, environment, "messages", "msg_blank").out().replaceAll("\\s+", " "))
                .contains("malformed-entity-id (its entity id contains a space");
        assertThat(Run.of(folder, environment, "messages", "msg_untyped", "--json")
                        .out())
                .contains("\"meaning\":\"not applied: it has no type\"");
    }

    @Test
    void reportsMessagesThatCannotBeReplayed() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        keep(Databases.unpooled(settings), 1);
        Rows.execute(Databases.unpooled(settings), "update bellhop_inbox set payload = null");
        assertThat(replay(settings, TypedAnswers.noTerminal()).err()).contains("No messages selected.");
        assertThat(replay(settings, TypedAnswers.noTerminal()).exitCode()).isEqualTo(2);
        Run gone = replay(settings, TypedAnswers.noTerminal(), "msg_000000");
        assertThat(gone.err()).contains("payload of msg_000000 is gone");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(replay(settings, TypedAnswers.noTerminal(), "msg_9").err()).contains("no message msg_9");
        assertThat(replay(settings, TypedAnswers.of("yes"), "--state", "stale").exitCode())
                .isEqualTo(1);
    }
}
