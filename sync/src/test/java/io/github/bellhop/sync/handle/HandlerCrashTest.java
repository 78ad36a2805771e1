package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An app that is killed between its handler's write and the commit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerCrashTest {
    private static final int KILLS = 3;
    private static final int MESSAGES = 6;

    private final List<Integer> attempts = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rollsBackKilledRunsAndRunsThemOnceLater(TestDatabase kind) throws Exception {
        DatabaseSettings settings = kind.fresh();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), unchanged -> unchanged, countingHandlers())) {
            Rows.execute(bench.database(), "create table app_log (message_id text)");
            for (int i = 0; i < MESSAGES; i++) {
                String unused = bench.receive(Json.of(
                        "{'type':'user.created','timestamp':%1$d,'data':{'id':'user_%1$d','updated_at':%1$d}}", i + 1));
            }
            for (int i = 0; i < KILLS; i++) {
                killAfterWrite(settings);
                assertThat(Rows.count(bench.database(), "app_log")).isZero();
                assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isEqualTo(MESSAGES);
            }
            assertThat(bench.runHandlers()).isEqualTo(MESSAGES);
            assertThat(Rows.query(bench.database(), "select message_id from app_log"))
                    .hasSize(MESSAGES)
                    .doesNotHaveDuplicates();
            assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isZero();
            assertThat(attempts).hasSize(MESSAGES).containsOnly(1);
        }
    }

    private Handlers countingHandlers() {
        return Handlers.builder()
                .on(UserEvent.class, "users", (event, run) -> {
                    attempts.add(run.attempt());
                    try (PreparedStatement statement =
                            run.connection().prepareStatement("insert into app_log values (?)")) {
                        statement.setString(1, run.messageId());
                        statement.executeUpdate();
                    }
                    return HandlerOutcome.done();
                })
                .build();
    }

    private static void killAfterWrite(DatabaseSettings settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingApp.class.getName(),
                settings.url()));
        if (settings.user() != null) {
            command.add(settings.user());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.startsWith("WRITTEN")) {
                printed.append(line).append('\n');
                line = output.readLine();
            }
            assertThat(line).as("%s", printed).startsWith("WRITTEN");
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor()).isNotZero();
        }
    }
}
