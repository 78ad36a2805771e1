package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.StubReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the usage and the output of {@code bellhop doctor}. */
@Timeout(300)
class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void printsTextIn80Columns() {
        try (StubReceiver stub = new StubReceiver().unsigned(405, Map.of(), "")) {
            Run run = Run.of(
                    folder,
                    DoctorRun.variables(folder),
                    "doctor",
                    "--url",
                    stub.url().toString());
            assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            assertThat(run.out())
                    .doesNotContain("\u001b", "\tat ")
                    .contains("fail  receiver: ", "      Why: ", "      Fix: Export a handler for POST", "1 failed, ");
            assertThat(run.out().indexOf("  secret: ")).isLessThan(run.out().indexOf("  receiver: "));
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void rejectsWrongUsage() {
        Map<String, String> variables = DoctorRun.variables(folder);
        for (String[] wrong : new String[][] {
            {"doctor", "sess_1"},
            {"doctor", "--url", "ftp://example.com/"},
            {"doctor", "--url", "https://ann:k33p@example.com/"},
            {"doctor", "--url", "not a url"},
            {"doctor", "--url", "http://127.0.0.1:99999/k33p"},
            {"doctor", "--url", "http://my_app:3000/k33p"},
            {"doctor", "--proxy", "squid"}
        }) {
            Run run = Run.of(folder, variables, wrong);
            assertThat(run.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(run.err()).contains("Help: bellhop doctor --help").doesNotContain("k33p");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void acceptsASchemeInCapitals() {
        Run run = Run.of(folder, DoctorRun.variables(folder), "doctor", "--url", "HTTP://127.0.0.1:1/hook");
        assertThat(run.out()).contains("Nothing listens at");
    }

    @Test
    void reportsAPathThatNoRequestCanHave() throws IOException {
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop:\n  path: \"/api/{x}\"\n");
        DoctorRun run = DoctorRun.of(folder, DoctorRun.variables(folder));
        assertThat(run.the("settings", "fail")).contains("bellhop.path", "encoded as in a URL");
        assertThat(run.levels("receiver")).containsExactly("warn");
    }

    @Test
    void createsNoDatabaseWhileLookingForOne() {
        DoctorRun run = DoctorRun.of(folder, DoctorRun.variables(folder));
        assertThat(run.the("database", "warn")).contains("no database at", "bellhop serve");
        assertThat(run.levels("messages")).containsExactly("skip");
        assertThat(folder.resolve("bellhop.db")).doesNotExist();
    }

    @Test
    void reportsInvalidSettings() {
        Map<String, String> variables = DoctorRun.variables(folder);
        variables.put("BELLHOP_PORT", "k33p");
        DoctorRun unreadable = DoctorRun.of(folder, variables);
        assertThat(unreadable.the("settings", "fail")).contains("BELLHOP_PORT");
        assertThat(unreadable.exitCode()).isEqualTo(1);

        variables.put("BELLHOP_PORT", "1");
        variables.put("BELLHOP_TRUSTED_PROXIES", "10.0.0.0/99");
        assertThat(DoctorRun.of(folder, variables).the("settings", "fail")).contains("BELLHOP_TRUSTED_PROXIES");

        variables.remove("BELLHOP_TRUSTED_PROXIES");
        variables.put("BELLHOP_DATABASE_URL", "jdbc:oracle:thin:k33p@db");
        assertThat(DoctorRun.of(folder, variables).the("database", "fail")).contains("PostgreSQL");
    }
}
