package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code bellhop messages replay}, beside a running server and without one. */
@Timeout(120)
class MessagesReplayTest {
    private static final String KEPT = "state = 'kept' and next_attempt_at is not null";

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
    void isTakenUpByTheServerThatRuns(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        try (ProgramProcess program = ProgramProcess.serve(folder, ProgramProcess.environment(settings))) {
            List<String> ids = new ArrayList<>();
            for (String user : List.of("user_a1", "user_b2", "user_c3")) {
                ids.add(fixtures.messageId());
                program.send(OutgoingMessage.of(
                        ids.get(ids.size() - 1), fixtures.event("user.created").id(user)));
            }
            Rows.execute(database, "delete from clerk_users");
            Rows.execute(database, "update bellhop_inbox set state = 'dead', reason = 'X 1', died_at = 1");

            Run one = replay(settings, TypedAnswers.nobody(), ids.get(0));
            assertThat(one.exitCode()).isZero();
            program.await("the one is mirrored", () -> Rows.count(database, "clerk_users") == 1);

            Run many = replay(settings, TypedAnswers.nobody(), "--state", "dead", "--yes", "--handler", "mailer");
            assertThat(many.err()).contains("2 messages", "Due again: 2 of 2.");
            assertThat(many.exitCode()).isZero();
            program.await("the others are mirrored", () -> Rows.count(database, "clerk_users") == 3);
            assertThat(Rows.count(database, "bellhop_handler_runs where handler = 'mailer' and replay"))
                    .as("what only an app knows waits for it")
                    .isEqualTo(2);
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
    void asksFirstAndSaysHowMany(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        TestDatabase.open(settings).close();
        Database database = Databases.unpooled(settings);
        keep(database, 450);
        Rows.execute(database, "update bellhop_inbox set payload = null where message_id < 'msg_000003'");

        Run unasked = replay(settings, TypedAnswers.nobody(), "--type", "user.*");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("447 messages", "payload: 3", "--yes");
        Run refused = replay(settings, TypedAnswers.of("y"), "--type", "user.*");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Type yes", "Nothing was done.");
        assertThat(Rows.count(database, "bellhop_inbox where " + KEPT)).isZero();

        Run some = replay(settings, TypedAnswers.of("yes"), "--type", "user.*", "--after", "msg_000399");
        assertThat(some.exitCode()).isZero();
        assertThat(Rows.count(database, "bellhop_inbox where " + KEPT)).isEqualTo(50);
        Run all = replay(settings, TypedAnswers.of("yes"), "--type", "user.*");
        assertThat(all.err()).contains("Due again: 447 of 447.");
        assertThat(Rows.count(database, "bellhop_inbox where " + KEPT)).isEqualTo(447);
    }

    @Test
    void saysHowFarItCameWhenItIsInterrupted() {
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
            long done = Rows.count(database, "bellhop_inbox where " + KEPT);
            assertThat(done).isBetween(500L, 39_999L);
            assertThat(replay.output().replaceAll("\\s+", " "))
                    .contains("Ended early. Due again: " + done + " of 40000")
                    .contains("--after msg_%06d".formatted(done - 1));
        }
    }

    @Test
    void tellsWhatCannotBeReplayed() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        keep(Databases.unpooled(settings), 1);
        Rows.execute(Databases.unpooled(settings), "update bellhop_inbox set payload = null");
        assertThat(replay(settings, TypedAnswers.nobody()).err()).contains("Which messages?");
        assertThat(replay(settings, TypedAnswers.nobody()).exitCode()).isEqualTo(2);
        Run gone = replay(settings, TypedAnswers.nobody(), "msg_000000");
        assertThat(gone.err()).contains("payload of msg_000000 is gone");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(replay(settings, TypedAnswers.nobody(), "msg_9").err()).contains("no message msg_9");
        assertThat(replay(settings, TypedAnswers.of("yes"), "--state", "stale").exitCode())
                .isEqualTo(1);
    }
}
