package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.terminal.Terminal;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code bellhop dead-letters} on both databases. */
@Timeout(300)
@SameOnEveryJdk
class DeadLettersCommandTest {
    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(13));

    @TempDir
    Path folder;

    private DatabaseSettings settings;
    private Database database;

    private Run run(Terminal terminal, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        Run run = Run.of(terminal, folder, ProgramProcess.environment(settings), all.toArray(String[]::new));
        assertThat(run.lines()).allMatch(line -> line.length() <= 80 || line.startsWith("{"));
        return run;
    }

    private Run run(String... arguments) {
        return run(TypedAnswers.noTerminal(), arguments);
    }

    private void fill(TestDatabase kind) {
        settings = kind.fresh();
        TestDatabase.open(settings).close();
        database = Databases.unpooled(settings);
        for (int i = 1; i <= 3; i++) {
            Rows.execute(database, """
                    insert into bellhop_inbox (message_id, type, received_at, state, reason, attempts, died_at)
                    values ('msg_%1$d', 'user.created', %1$d, 'dead', 'PSQLException 23505', 12, %1$d000)""".formatted(i));
        }
        for (String handler : List.of("mailer", "biller")) {
            Rows.execute(database, """
                    insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, attempts,
                        reason, died_at, stale, stale_too, replay, clear_payload)
                    values ('msg_1', '%s', 'user_a', 1, false, 12, 'timed-out', 9000, false, false, false, false)""".formatted(handler));
        }
    }

    private long dead() {
        return Rows.count(database, "bellhop_dead_letters");
    }

    @ParameterizedTest
    @EnumSource
    void listsByCause(TestDatabase kind) {
        fill(kind);
        assertThat(run().lines())
                .hasSize(6)
                .startsWith("3 mirror: PSQLException 23505", "    last 1970-01-01T00:00:03Z, for example msg_3");
        assertThat(run("--cause", "timed*", "--json").lines())
                .hasSize(2)
                .first()
                .isEqualTo("{\"handler\":\"biller\",\"cause\":\"timed-out\",\"count\":1,"
                        + "\"last_died_at\":\"1970-01-01T00:00:09Z\",\"example\":\"msg_1\"}");
        assertThat(run("--handler", "mirror", "--each", "--json").lines()).hasSize(3);
        assertThat(run("--each").out()).contains("msg_1 mailer", "after 12 attempts: timed-out");
        for (String[] unmatched : List.of(
                new String[] {"--handler", "nobody"},
                new String[] {"--cause", "psql*"},
                new String[] {"--cause", "Timed-out", "--each"},
                new String[] {"--cause", "x", "--each", "--json"})) {
            Run empty = run(unmatched);
            assertThat(empty.exitCode()).isZero();
            assertThat(empty.out()).isEmpty();
            assertThat(empty.err()).contains("No dead letters match");
        }
    }

    @ParameterizedTest
    @EnumSource
    void discardsAndKeepsTheReason(TestDatabase kind) {
        fill(kind);
        Run one = run("discard", "msg_1", "--handler", "mailer", "--reason", "sent by hand");
        assertThat(one.exitCode()).isZero();
        assertThat(dead()).isEqualTo(4);
        assertThat(Rows.one(database, "select * from bellhop_discards"))
                .containsEntry("message_id", "msg_1")
                .containsEntry("handler", "mailer")
                .containsEntry("reason", "timed-out")
                .containsEntry("discard_reason", "sent by hand");

        Run unconfirmed = run("discard", "--cause", "PSQL*", "--reason", "test data");
        assertThat(unconfirmed.exitCode()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("3 dead letters", "--yes");
        assertThat(run(TypedAnswers.of("no"), "discard", "--cause", "PSQL*", "--reason", "x")
                        .exitCode())
                .isEqualTo(1);
        assertThat(dead()).isEqualTo(4);
        assertThat(run(TypedAnswers.of("yes"), "discard", "--cause", "PSQL*", "--reason", "x")
                        .err())
                .contains("Discarded: 3 of 3.");
        assertThat(Rows.query(database, "select handler from bellhop_dead_letters"))
                .containsExactly(Map.of("handler", "biller"));
        assertThat(Rows.count(database, "bellhop_inbox where state = 'aside' and died_at is null"))
                .isEqualTo(3);
        assertThat(run("discard", "msg_1", "--handler", "mailer", "--reason", "again")
                        .exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void replaysBesideAServer(TestDatabase kind) {
        settings = kind.fresh();
        database = Databases.unpooled(settings);
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            for (String user : List.of("user_a1", "user_b2")) {
                program.send(OutgoingMessage.of(
                        fixtures.messageId(), fixtures.event("user.created").id(user)));
            }
            Rows.execute(database, "delete from clerk_users");
            Rows.execute(database, "update bellhop_inbox set state = 'dead', reason = 'X 1', died_at = 1");
            assertThat(run("replay", "--cause", "X 1").exitCode()).isEqualTo(2);
            Run replay = run("replay", "--cause", "X 1", "--handler", "mirror", "--yes");
            assertThat(replay.err()).contains("Due again: 2 of 2.");
            program.await("they are mirrored", () -> Rows.count(database, "clerk_users") == 2);
            assertThat(dead()).isZero();
            assertThat(run("replay", "--all", "--yes").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void doesNotReplayDeadLettersWithoutAPayload() {
        fill(TestDatabase.SQLITE);
        Run replay = run("replay", "--all", "--yes");
        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.err()).contains("Due again: 0 of 5.");
        assertThat(dead()).isEqualTo(5);
        assertThat(run("replay").exitCode()).isEqualTo(2);
        assertThat(run("discard", "--cause", "x").err()).contains("--reason");
    }
}
