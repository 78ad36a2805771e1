package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.terminal.Terminal;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RunningProgram;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code bellhop erase} with and without a running server. */
@Timeout(300)
@SameOnEveryJdk
class EraseCommandTest {
    private static final String USER = "user_leaves";

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(14));

    @TempDir
    Path folder;

    private DatabaseSettings settings;
    private Database database;

    private void fresh(TestDatabase kind) {
        settings = kind.fresh();
        database = Databases.unpooled(settings);
    }

    private void empty(TestDatabase kind) {
        fresh(kind);
        TestDatabase.open(settings).close();
    }

    private Run run(Terminal terminal, String... arguments) {
        List<String> all = new ArrayList<>(List.of("erase"));
        all.addAll(List.of(arguments));
        Run run = Run.of(terminal, folder, ProgramProcess.environment(settings), all.toArray(String[]::new));
        assertThat((run.out() + run.err()).lines()).allMatch(line -> line.length() <= 80 || line.startsWith("{"));
        return run;
    }

    private Run run(String... arguments) {
        return run(TypedAnswers.noTerminal(), arguments);
    }

    private String send(RunningProgram program, Fixture event) {
        String id = fixtures.messageId();
        program.send(OutgoingMessage.of(id, event));
        return id;
    }

    private List<String> traces() {
        return Dump.of(database).stream().filter(line -> line.contains("Zqx7")).toList();
    }

    @ParameterizedTest
    @EnumSource
    void erasesBesideAServerThatIgnoresLaterData(TestDatabase kind) {
        fresh(kind);
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            send(program, fixtures.event("user.created").id(USER).set("data.first_name", "Zqx7"));
            send(program, fixtures.event("user.created").id("user_stays").set("data.first_name", "Other"));
            send(
                    program,
                    fixtures.event("session.created").set("data.user_id", USER).set("data.user.id", USER));
            assertThat(traces()).isNotEmpty();

            Run preview = run(USER, "--dry-run", "--json");
            assertThat(preview.exitCode()).isZero();
            assertThat(traces()).isNotEmpty();
            Run erased = run(TypedAnswers.of(USER), USER, "--json");
            assertThat(erased.exitCode()).isZero();
            assertThat(erased.err()).contains("To be erased for " + USER, "clerk_users", "bellhop_inbox (payloads)");
            assertThat(counts(erased.out()))
                    .isEqualTo(counts(preview.out()))
                    .contains("\"bellhop_inbox\":2", "\"clerk_audit_log\":1", "\"clerk_users\":1");
            assertThat(traces()).isEmpty();

            String late = send(program, fixtures.event("user.updated").id(USER).set("data.first_name", "Zqx7"));
            assertThat(Rows.one(database, "select * from bellhop_inbox where message_id = '" + late + "'"))
                    .containsEntry("state", "kept")
                    .containsEntry("reason", "erased")
                    .containsEntry("payload", null);
            assertThat(traces()).isEmpty();
            assertThat(Rows.query(database, "select id from clerk_users")).hasSize(1);
        }
    }

    private static String counts(String json) {
        return json.substring(json.indexOf("\"counts\""));
    }

    @ParameterizedTest
    @EnumSource
    void asksForTheIdAsConfirmation(TestDatabase kind) {
        empty(kind);
        Run unconfirmed = run(USER);
        assertThat(unconfirmed.exitCode()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("Nothing is stored about " + USER, "--yes");
        Run wrong = run(TypedAnswers.of("yes"), USER);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("Type " + USER, "Nothing was done.");
        assertThat(Rows.count(database, "bellhop_erasures")).isZero();
        assertThat(Rows.count(database, "bellhop_tombstones")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void printsTheReceiptAndErasesOnlyOnce(TestDatabase kind) throws IOException {
        empty(kind);
        Rows.execute(
                database,
                "insert into clerk_waitlist_entries (id, email_address, bellhop_version, synced_at)"
                        + " values ('wait_1', 'A@b.c', '1', '2026-11-25T00:00:00.000Z')");
        Files.writeString(folder.resolve("theirs.txt"), "\uFEFFa@B.c \n\n");
        assertThat(run(USER, "--status").exitCode()).isEqualTo(1);
        Run none = run(USER, "--status", "--json");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out())
                .isEqualToIgnoringNewLines(
                        "{\"user_id\":\"user_leaves\",\"requested_at\":null,\"erased_at\":null,\"counts\":{}}");

        assertThat(run(USER, "--addresses", "theirs.txt", "--yes", "--compact").out())
                .contains(USER + " was erased at 20", "clerk_waitlist_entries                           1");
        assertThat(Rows.count(database, "clerk_waitlist_entries")).isZero();
        Object erasedAt = Rows.one(database, "select * from bellhop_erasures").get("erased_at");

        // Nothing is left to erase, so the command asks for no confirmation.
        Run again = run(USER);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEqualTo(run(USER, "--status").out()).contains(" was erased at ");
        assertThat(run(USER, "--dry-run").out()).contains(" was erased at ", "nothing has arrived");
        assertThat(Rows.one(database, "select * from bellhop_erasures")).containsEntry("erased_at", erasedAt);

        Rows.execute(database, "update bellhop_erasures set erased_at = null");
        assertThat(run(USER, "--status").exitCode()).isEqualTo(1);
        assertThat(run(USER, "--status", "--json").out()).contains("\"erased_at\":null");
        assertThat(run(USER, "--dry-run").out()).contains("Nothing is left to erase for ");
        assertThat(run(USER, "--yes").exitCode()).isZero();
        assertThat(run(USER, "--status").exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readsAddressesInTheFormThatClerkUses(TestDatabase kind) throws IOException {
        empty(kind);
        Rows.execute(
                database,
                "insert into clerk_communications (id, to_address, bellhop_version, synced_at)"
                        + " values ('sms_1', '+821012345678', '1', '2026-11-25T00:00:00.000Z')");
        Files.writeString(folder.resolve("theirs.txt"), "ann@example.com\n\n  +82\u00A0(10) 1234\u20115678\n");
        assertThat(run(USER, "--addresses", "theirs.txt", "--dry-run").out()).contains("clerk_communications");
        for (String line : List.of("010-1234-5678", "Ann <ann@example.com>", "ann", "a@b.c, d@e.f", "user_1")) {
            Files.writeString(folder.resolve("wrong.txt"), "ann@example.com\n" + line + "\n");
            Run refused = run(USER, "--addresses", "wrong.txt", "--yes");
            assertThat(refused.exitCode()).as(line).isEqualTo(2);
            assertThat(refused.err())
                    .contains("--addresses: line 2 is not an address")
                    .doesNotContain(line + "\n");
        }
        assertThat(Rows.count(database, "bellhop_erasures")).isZero();
    }

    @Test
    void rejectsInvalidUserIdsAndOptions() {
        empty(TestDatabase.SQLITE);
        for (String id : List.of("org_1", "user_", " ", "user_" + "x".repeat(251))) {
            assertThat(run(id, "--yes").exitCode()).as(id).isEqualTo(2);
        }
        assertThat(run(USER, "--dry-run", "--status").err()).contains("--status cannot be combined");
        assertThat(run(USER, "--yes", "--status").err()).contains("--status cannot be combined");
        assertThat(run(USER, "--addresses", "nowhere.txt", "--yes").err()).contains("--addresses");
        assertThat(Rows.count(database, "bellhop_tombstones")).isZero();
    }

    /** An open read transaction keeps copies in the write-ahead log. */
    @Test
    void reportsThatCompactingLeftCopies() throws SQLException {
        empty(TestDatabase.SQLITE);
        Rows.execute(
                database,
                "insert into bellhop_inbox (message_id, subject_id, received_at, state, attempts, payload)"
                        + " values ('msg_1', '" + USER + "', 1, 'kept', 0, x'7b7d')");
        try (Connection reader = DriverManager.getConnection(settings.url());
                Statement statement = reader.createStatement()) {
            statement.execute("begin");
            try (ResultSet row = statement.executeQuery("select count(*) from bellhop_inbox")) {
                assertThat(row.next()).isTrue();
                Run run = run(USER, "--yes", "--compact");
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.err().replaceAll("\\s+", " ")).contains("another program is reading the file");
            }
        }
        assertThat(run(USER, "--yes", "--compact").exitCode()).isZero();
    }
}
