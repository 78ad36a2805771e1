package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.terminal.Columns;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs commands on the database of a running server. Commands that only read must not change the database. */
@Timeout(300)
@SameOnEveryJdk
class CommandsBesideServeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void readWhileAServerWrites(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        Map<String, String> environment = ProgramProcess.environment(settings);
        Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(15));
        try (ServerInside program = ServerInside.serve(folder, environment)) {
            String message = fixtures.messageId();
            program.send(
                    OutgoingMessage.of(message, fixtures.event("user.created").id("user_seen")));
            List<String> before = Dump.of(database);
            assertThat(succeeds(environment, "show", "clerk_users")).contains("user_seen");
            assertThat(succeeds(environment, "show", "user_seen", "--json")).contains("\"table\":\"clerk_users\"");
            assertThat(succeeds(environment, "messages", "--entity", "user_seen"))
                    .contains(message);
            assertThat(succeeds(environment, "messages", message)).contains("user.created");
            assertThat(succeeds(environment, "schema", "check")).contains("up to date");
            assertThat(succeeds(environment, "schema", "migrate")).contains("up to date");
            assertThat(succeeds(environment, "erase", "user_seen", "--dry-run")).contains("clerk_users");
            assertThat(Dump.of(database)).isEqualTo(before);
            program.send(OutgoingMessage.of(
                    fixtures.messageId(), fixtures.event("user.created").id("user_next")));
            assertThat(Rows.count(database, "clerk_users")).isEqualTo(2);
            assertThat(program.isAlive()).isTrue();
        }
    }

    private String succeeds(Map<String, String> environment, String... arguments) {
        Run run = Run.of(folder, environment, arguments);
        assertThat(run.exitCode())
                .as("%s: %s", String.join(" ", arguments), run.err())
                .isZero();
        assertThat(run.err()).isEmpty();
        // JSON is printed in full, even on a long line, so that users can copy it.
        assertThat(run.lines()).allMatch(line -> Columns.of(line) <= 80 || line.matches("\\{.*|\\s*\".*"));
        return run.out();
    }
}
