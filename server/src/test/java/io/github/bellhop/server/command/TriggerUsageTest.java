package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerUsageTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user.create | Unknown event type user.create. Did you mean user.created",
                "User.Created | Did you mean user.created",
                "nonsense | Unknown event type nonsense. A type names an entity and what happened to it",
                "user.created --set data.frist_name=Ann | The path data.frist_name does not exist in user.created. Did"
                        + " you mean first_name",
                "user.created --set data.first_name | --set must be PATH=VALUE, such as data.first_name=Ann, not:",
                "user.created --set =x | --set must be PATH=VALUE",
                "organizationDomain.deleted --id org_1 | it cannot contain org_1",
                "user.created --to ftp://example.com | --to must be an http or https URL",
                "user.created --to /api | --to must be an http or https URL",
                "user.created --count 0 | --count must be 1 or more",
                "user.created --count many | '--count'",
                "user.created --rate 0 | --rate must be a number",
                "user.created --rate NaN | --rate must be a number",
                "user.created --jsn | Unknown option --jsn. Did you mean --json?",
                "user.created user.updated | Too many arguments for bellhop trigger.",
            })
    void rejectsWrongUsage(String arguments, String message) {
        Run run = Run.withSecret(("trigger " + arguments).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().replaceAll("\\s+", " ")).contains(message).endsWith("Help: bellhop trigger --help ");
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void requiresAType() {
        Run run = Run.withSecret("trigger");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("TYPE");
    }

    @Test
    void requiresASecret() {
        Run run = Run.of(directory, Map.of(), "trigger", "user.created");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " "))
                .startsWith("No signing secret. Set CLERK_WEBHOOK_SIGNING_SECRET or --secret to the receiver's secret.")
                .contains("data/dev-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_test_abcdefgh12345678", "whsec_not*base64*at*all", "whsec_", "whpk_QUJDRA=="})
    void rejectsAnInvalidSecretWithoutPrintingIt(String secret) {
        for (Run run : new Run[] {
            Run.of(directory, Map.of(), "trigger", "user.created", "--secret", secret),
            Run.of(directory, Map.of(EnvironmentVariables.SIGNING_SECRET, secret), "trigger", "user.created")
        }) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("The signing secret from ").contains("cannot be used.");
            String key = secret.substring(secret.lastIndexOf('_') + 1);
            if (!key.isEmpty()) {
                assertThat(run.err() + run.out()).doesNotContain(key);
            }
        }
    }

    @Test
    void namesTheFileOfADamagedSecret() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/dev-secret"), "garbage-on-the-disk\n");
        for (String[] arguments : new String[][] {{"trigger", "user.created"}, {"dev"}}) {
            Run run = Run.of(directory, Map.of(), arguments);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().replaceAll("\\s+", ""))
                    .contains("dev-secretisdamaged.Deletethefile;thenextstartofbellhopdevcreatesanewone.")
                    .doesNotContain("Dashboard", "garbage");
        }
    }

    @Test
    void rejectsAnInvalidPort() {
        Run run = Run.withSecret("trigger", "user.created", "--to", "http://127.0.0.1:99999/hook", "--count", "3");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("--to must have a port from 0 to 65535, not: 99999");
    }

    @Test
    void hidesTheSecretOfAMistypedOption() {
        for (String[] arguments : new String[][] {
            {"trigger", "user.created", "--secert", Run.SECRET},
            {"trigger", "user.created", "--secert=" + Run.SECRET},
            {"trigger", "user.created", Run.SECRET},
            {"trigger", "user.created", "--count", Run.SECRET},
            {"--secret", Run.SECRET, "trigger"},
        }) {
            Run run = Run.of(directory, Map.of(), arguments);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out() + run.err()).doesNotContain(Run.SECRET.substring(6));
        }
    }

    @Test
    void findsTheSecretInTheOptionTheEnvironmentOrTheFile() throws IOException {
        try (Receiver receiver = new Receiver(200, "")) {
            Files.createDirectories(directory.resolve("data"));
            Files.writeString(directory.resolve("data/dev-secret"), key("file") + "\n");
            String[] arguments = {"trigger", "user.created", "--to", receiver.url()};
            Map<String, String> both =
                    Map.of(EnvironmentVariables.SIGNING_SECRET, " " + key("first") + " , " + key("second"));

            assertThat(Run.of(directory, Map.of(), arguments).exitCode()).isZero();
            assertThat(Run.of(directory, both, arguments).exitCode()).isZero();
            String[] option = {"trigger", "user.created", "--to", receiver.url(), "--secret", key("option")};
            assertThat(Run.of(directory, both, option).exitCode()).isZero();

            String[] expected = {"file", "first", "option"};
            for (int i = 0; i < expected.length; i++) {
                assertThat(signedBy(receiver.deliveries().get(i), expected[i]))
                        .as(expected[i])
                        .isTrue();
            }
        }
    }

    @Test
    void printsHelp() {
        Run run = Run.withSecret("trigger", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "--to=URL",
                        "--count=N",
                        "bellhop trigger user.created",
                        "organizationInvitation.accepted, .created");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }

    private static String key(String name) {
        return "whsec_" + Base64.getEncoder().encodeToString(("the key of " + name).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean signedBy(Receiver.Delivery delivery, String name) {
        String signature = MessageSigner.with(SigningSecret.parse(key(name)))
                .sign(delivery.header("svix-id"), Long.parseLong(delivery.header("svix-timestamp")), delivery.body());
        return signature.equals(delivery.header("svix-signature"));
    }
}
