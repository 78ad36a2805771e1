package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints untrusted strings of one megabyte with every command that can show them. */
@SameOnEveryJdk
class HugeTextsTest {
    private static final int LENGTH = 1_000_000;
    private static final List<String> LETTERS = List.of("a", "@", " ", "//", "a@<", "1", "é", "[{", "e\u0301 ", "=?,");

    @TempDir
    Path folder;

    @Test
    void printsHugeStringsInTime() throws IOException {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        List<List<String>> commands = new ArrayList<>();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), unchanged -> unchanged, Handlers.none())) {
            for (int i = 0; i < LETTERS.size(); i++) {
                String huge = LETTERS.get(i).repeat(LENGTH / LETTERS.get(i).length());
                String message = bench.receive(Json.of(
                        "{'type':'user.created','data':{'id':'user_%d','first_name':'%s','public_metadata':{'a':'%s'}}}",
                        i, huge, huge));
                bench.receive(Json.of("{'type':'weather.%s','data':{'id':'w_%d'}}", huge, i));
                Path body = Files.writeString(folder.resolve("body" + i), huge);
                commands.add(List.of("messages", message));
                commands.add(List.of("messages", message, "--private", "--json"));
                commands.add(List.of("show", "user_" + i));
                commands.add(List.of("verify", "--headers", body.toString(), "--body", body.toString()));
            }
            Rows.execute(bench.database(), "update bellhop_inbox set reason = type where type like 'weather%'");
        }
        commands.add(List.of("messages"));
        commands.add(List.of("messages", "--json"));
        commands.add(List.of("show", "bellhop_inbox"));
        commands.add(List.of("show", "clerk_users", "--json"));
        commands.add(List.of("dead-letters", "--each"));
        Map<String, String> environment = ProgramProcess.environment(settings);
        environment.put(EnvironmentVariables.SIGNING_SECRET, Run.SECRET);
        for (List<String> command : commands) {
            Run run = assertTimeoutPreemptively(
                    Duration.ofMinutes(1), () -> Run.of(folder, environment, command.toArray(String[]::new)));
            assertThat(run.out() + run.err()).as(command.get(0)).isNotEmpty();
        }
    }
}
