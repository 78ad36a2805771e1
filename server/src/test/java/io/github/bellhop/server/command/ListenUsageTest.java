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
                "--from http://127.0.0.1:1 | --forward-to wants an http or https address, such as http://127.0.0.1:3000",
                "--forward-to ftp://127.0.0.1/ --from http://127.0.0.1:1 | --forward-to wants an http or https address",
                "--forward-to http://192.0.2.1/ --from http://127.0.0.1:1 | --forward-to leads to another machine.",
                "--forward-to http://127.0.0.1:1/ | --from wants an http or https address",
                "--forward-to http://127.0.0.1:1/ --from https://u:secretpass@example.com | --from wants an address"
                        + " without a user",
                "--forward-to http://127.0.0.1:1/ --from http://192.0.2.1:8788 | --from is plain http to another machine",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --since yesterday | --since wants a time"
                        + " such as 90s",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --events us*r | --events wants types",
                "--forward-to http://127.0.0.1:1/ --relay ws://192.0.2.1/ | --relay is not encrypted",
                "--forward-to http://127.0.0.1:1/ --relay http://127.0.0.1/ | --relay wants the address of a WebSocket",
                "--forward-to http://127.0.0.1:1/ --relay --from http://127.0.0.1:1 | not from both",
                "--forward-to http://127.0.0.1:1/ --relay --since 2h | A relay keeps nothing",
                "--forward-to http://127.0.0.1:1/ --relay --secret x | there is no --secret with it",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1 --secret sk_test_x | The signing secret from"
                        + " --secret cannot be used",
                "--forward-to http://127.0.0.1:99999/ --from http://127.0.0.1:1 | --forward-to wants a port between 0 and"
                        + " 65535, not: 99999",
                "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:65536 | --from wants a port between",
                "--forward-to http://127.0.0.1:1/ --relay ws://127.0.0.1:70000/ | --relay wants a port between",
                "--jsn | Unknown option --jsn. Did you mean --json?",
            })
    void refusesWhatItCannotDo(String arguments, String message) {
        Run run = run(Map.of("BELLHOP_LISTEN_TOKEN", TOKEN), arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().replaceAll("\\s+", " ")).contains(message).endsWith("Help: bellhop listen --help ");
        assertThat(run.err()).doesNotContain("secretpass", TOKEN, "\tat ");
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void wantsAToken() {
        String arguments = "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1";
        assertThat(run(Map.of(), arguments).exitCode()).isEqualTo(2);
        assertThat(run(Map.of(), arguments).err()).contains("BELLHOP_LISTEN_TOKEN is not set.");
        Run tooShort = run(Map.of("BELLHOP_LISTEN_TOKEN", "nineteen-characters"), arguments);
        assertThat(tooShort.exitCode()).isEqualTo(2);
        assertThat(tooShort.err())
                .contains("BELLHOP_LISTEN_TOKEN is no such token")
                .doesNotContain("nineteen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage-of-a-disk", "sk_test_abcdefgh12345678", "whsec_!", "\u00ff\u00fe"})
    void namesTheFileOfItsSecretWhenThatIsDamaged(String content) throws IOException {
        Path file = directory.resolve("data/listen-secret");
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        for (String arguments :
                List.of("--print-secret", "--forward-to http://127.0.0.1:1/ --from http://127.0.0.1:1")) {
            Run run = run(Map.of("BELLHOP_LISTEN_TOKEN", TOKEN), arguments);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().replaceAll("\\s+", ""))
                    .contains("listen-secretisdamaged.Deletethefile;thenextstartofbellhoplistenmakesanewone.")
                    .doesNotContain("Dashboard", "from--secret", "garbage", "abcdefgh");
        }
        Files.delete(file);
        assertThat(run(Map.of(), "--print-secret").out()).startsWith("whsec_");
    }

    @Test
    void keepsItsSecretFromRunToRun() {
        Run first = run(Map.of(), "--print-secret");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).matches("whsec_[A-Za-z0-9+/=]{32}\\R");
        assertThat(run(Map.of(), "--print-secret").out()).isEqualTo(first.out());
    }

    @Test
    void helps() {
        Run run = run(Map.of(), "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--forward-to=URL", "--since=TIME", "--relay", "Exit codes");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }
}
