package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class ListenUsageTest {
    private static final String TOKEN = "listen-token-c2a61f90d7";

    @TempDir
    private Path directory;

    private Run run(Map<String, String> variables, String arguments) {
        List<String> all = new ArrayList<>(List.of("listen"));
        all.addAll(List.of(arguments.split(" ", -1)));
        return Run.of(directory, variables, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from http://127.0.0.1:1 | --forward-to must be an http or https URL, such as http://127.0.0.1:3000",
                "--forward-to ftp://127.0.0.1/ --from http://127.0.0.1:1 | --forward-to must be an http or https URL",
                "--forward-to http://192.0.2.1/ --from http://127.0.0.1:1 | --forward-to is not on this machine.",
                "--forward-to http://127.0.0.1:1/ | --from must be an http or https URL",
                "--forward-to http://127.0.0.1:1/ --from https://u:secretpass@example.com | --from must be a URL"
                        + " without user information",
                "--forward-to http://127.0.0.1:1/ --from http://192.0.2.1:8788 | --from is plain http to another machine",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --since yesterday | --since must be a"
                        + " duration such as 90s",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --events us*r | --events must be event"
                        + " types",
                "--forward-to http://127.0.0.1:1/ --relay ws://192.0.2.1/ | --relay is not encrypted",
                "--forward-to http://127.0.0.1:1/ --relay http://127.0.0.1/ | --relay must be a WebSocket URL",
                "--forward-to http://127.0.0.1:1/ --relay --from http://127.0.0.1:1 | --from and --relay cannot be"
                        + " combined",
                "--forward-to http://127.0.0.1:1/ --relay --since 2h | because a relay stores nothing",
                "--forward-to http://127.0.0.1:1/ --relay --secret x | --secret cannot be combined with --relay",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --secret sk_test_x | The signing secret from"
                        + " --secret cannot be used",
                "--forward-to http://127.0.0.1:99999/ --from http://127.0.0.1:1 | --forward-to must have a port from 0"
                        + " to 65535, not: 99999",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:65536 | --from must have a port from",
                "--forward-to http://127.0.0.1:1/ --relay ws://127.0.0.1:70000/ | --relay must have a port from",
                "--jsn | Unknown option --jsn. Did you mean --json?",
            })
    void rejectsWrongUsage(String arguments, String message) {
        Run run = run(Map.of("BELLHOP_LISTEN_TOKEN", TOKEN), arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().replaceAll("\\s+", " ")).contains(message).endsWith("Help: bellhop listen --help ");
        assertThat(run.err()).doesNotContain("secretpass", TOKEN, "\tat ");
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void requiresAToken() {
        String arguments = "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1";
        assertThat(run(Map.of(), arguments).exitCode()).isEqualTo(2);
        assertThat(run(Map.of(), arguments).err()).contains("BELLHOP_LISTEN_TOKEN is not set.");
        Run tooShort = run(Map.of("BELLHOP_LISTEN_TOKEN", "nineteen-characters"), arguments);
        assertThat(tooShort.exitCode()).isEqualTo(2);
        assertThat(tooShort.err())
                .contains("BELLHOP_LISTEN_TOKEN is not a valid token")
                .doesNotContain("nineteen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage-on-the-disk", "sk_test_abcdefgh12345678", "whsec_!", "\u00ff\u00fe"})
    void namesTheFileOfADamagedSecret(String content) throws IOException {
        Path file = directory.resolve("data/listen-secret");
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        for (String arguments :
                List.of("--print-secret", "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1")) {
            Run run = run(Map.of("BELLHOP_LISTEN_TOKEN", TOKEN), arguments);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().replaceAll("\\s+", ""))
                    .contains("listen-secretisdamaged.Deletethefile;thenextstartofbellhoplistencreatesanewone.")
                    .doesNotContain("Dashboard", "from--secret", "garbage", "abcdefgh");
        }
        Files.delete(file);
        assertThat(run(Map.of(), "--print-secret").out()).startsWith("whsec_");
    }

    @Test
    void keepsItsSecretAcrossRuns() {
        Run first = run(Map.of(), "--print-secret");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).matches("whsec_[A-Za-z0-9+/=]{32}\\R");
        assertThat(run(Map.of(), "--print-secret").out()).isEqualTo(first.out());
    }

    @Test
    void printsHelp() {
        Run run = run(Map.of(), "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--forward-to=URL", "--since=TIME", "--relay", "Exit codes");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }
}
