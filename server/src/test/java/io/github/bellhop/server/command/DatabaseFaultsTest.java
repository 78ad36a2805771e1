package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.testing.FixedEnvironment;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the messages of commands that cannot use their database. */
@SameOnEveryJdk
class DatabaseFaultsTest {
    private static final List<String[]> COMMANDS = Stream.of(
                    "show clerk_users", "messages", "dead-letters", "erase user_1 --status", "messages replay msg_1")
            .map(line -> line.split(" "))
            .toList();

    @TempDir
    Path folder;

    private void assertThatAllFail(DatabaseSettings settings, int exitCode, String... words) {
        for (String[] command : COMMANDS) {
            Run run = Run.of(folder, ProgramProcess.environment(settings), command);
            assertThat(run.exitCode()).as(String.join(" ", command)).isEqualTo(exitCode);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().replaceAll("\\s+", " ")).contains(words).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsMissingTables(TestDatabase kind) {
        DatabaseSettings settings = SchemaCommandTest.empty(kind);
        assertThatAllFail(settings, 2, "no Bellhop tables, or has tables of another version", "bellhop schema migrate");
    }

    @Test
    void reportsMissingPrivileges() {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        TestDatabase.open(settings).close();
        Rows.execute(Databases.unpooled(settings), "drop role if exists bellhop_without_rights");
        Rows.execute(Databases.unpooled(settings), "create role bellhop_without_rights login");
        DatabaseSettings without = new DatabaseSettings(settings.url(), "bellhop_without_rights", null, null);
        assertThatAllFail(without, 1, "denied the user a permission; grant the", "BELLHOP_DATABASE_USER", "42501");
    }

    @Test
    void reportsAFileThatAnotherProcessLocks() throws SQLException {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        Database database = Databases.unpooled(settings);
        Rows.execute(database, """
                insert into bellhop_inbox (message_id, type, received_at, state, attempts, payload)
                values ('msg_1', 'user.created', 1, 'stale', 0, x'7b7d')""");
        try (Connection writer = database.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("update bellhop_inbox set attempts = 1");
            Run run = Run.of(
                    folder, ProgramProcess.environment(settings), "messages", "replay", "--state", "stale", "--yes");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().replaceAll("\\s+", " "))
                    .contains("Stopped early. Due again: 0 of 1; none was left incomplete. To continue, run the same"
                            + " command again.")
                    .contains("locked by another process for longer than 5 s; try again")
                    .doesNotContain("room", "\tat ");
        }
    }

    @Test
    void reportsAFileThatIsNotADatabase() throws IOException {
        Path file = Files.writeString(folder.resolve("words.txt"), "words, not a database\n".repeat(200));
        DatabaseSettings settings = new DatabaseSettings("jdbc:sqlite:" + file, null, null, null);
        assertThatAllFail(settings, 2, "words.txt is not an SQLite database", "BELLHOP_DATABASE_URL");
    }

    /** Earlier versions waited forever for such a database. */
    @Test
    void serveRejectsAFolderOrATextFileAsDatabase() throws IOException {
        Path file = Files.writeString(folder.resolve("words.txt"), "words, not a database\n".repeat(200));
        for (Path wrong : List.of(folder, file)) {
            Map<String, String> variables = new HashMap<>(
                    ProgramProcess.environment(new DatabaseSettings("jdbc:sqlite:" + wrong, null, null, null)));
            variables.put(EnvironmentVariables.SIGNING_SECRET, ProgramProcess.SECRET);
            Run run = Run.of(folder, variables, "serve");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().replaceAll("\\s+", " "))
                    .contains("BELLHOP_DATABASE_URL: " + wrong + " is")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void cancelsAStatementThatReadsForTooLong() {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        TestDatabase.open(settings).close();
        DatabaseOption option = new DatabaseOption();
        option.setReadTimeout(Duration.ofMillis(200));
        ProgramEnvironment environment = new FixedEnvironment(folder, ProgramProcess.environment(settings));
        assertThatExceptionOfType(TooSlowException.class)
                .isThrownBy(() -> option.use(
                        environment,
                        database -> Rows.query(database, "select pg_sleep(600)").size()))
                .withMessageContaining("--since");
        assertThat(Rows.query(
                        Databases.unpooled(settings),
                        "select 1 from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'"))
                .isEmpty();
    }
}
