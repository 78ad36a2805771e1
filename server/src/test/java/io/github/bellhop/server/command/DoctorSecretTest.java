package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.testing.StubReceiver;
import java.io.IOException;
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

/** Tests what the doctor reports about the signing secret and the place where it is stored. */
@Timeout(300)
@SameOnEveryJdk
class DoctorSecretTest {
    @TempDir
    Path folder;

    private DoctorRun with(String secret) {
        Map<String, String> variables = DoctorRun.variables(folder);
        if (secret == null) {
            variables.remove(EnvironmentVariables.SIGNING_SECRET);
        } else {
            variables.put(EnvironmentVariables.SIGNING_SECRET, secret);
        }
        return DoctorRun.of(folder, variables);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "sk_test_k33pk33pk33p | API keys (sk_",
                "pk_live_k33pk33pk33p | API keys (pk_",
                "\"whsec_k33pk33pk33p\" | quotation marks",
                "whsec_k33p k33pk33p | white space",
                "whsec_k33p*k33pk33p | base64",
                "whsec_ | empty key",
                "whsk_k33pk33pk33p | whsk_"
            })
    void reportsAnInvalidSecret(String secret, String words) {
        DoctorRun run = with(secret);
        assertThat(run.the("secret", "fail")).contains(words);
        assertThat(run.levels("settings")).containsExactly("skip");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void reportsAMissingSecret() {
        assertThat(with(null).the("secret", "fail"))
                .contains("is not set", ".env.local", "Clerk Dashboard", "bellhop dev");
    }

    @Test
    void acceptsValidSecrets() {
        assertThat(with(Run.SECRET).the("secret", "ok")).contains("whsec_");
        assertThat(with(Run.SECRET + ", " + Run.SECRET).the("secret", "ok")).contains("2 secrets");
        assertThat(with(Run.SECRET.substring(6)).the("secret", "warn")).contains("does not begin with whsec_");
    }

    @Test
    void usesTheSecretOfBellhopDevIfNoneIsSet() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/dev-secret"), Run.SECRET + "\n");
        Map<String, String> variables = DoctorRun.variables(folder);
        variables.remove(EnvironmentVariables.SIGNING_SECRET);
        try (StubReceiver stub = new StubReceiver()) {
            DoctorRun run = DoctorRun.of(folder, variables, "--url", stub.url().toString());
            assertThat(run.the("secret", "warn")).contains("bellhop dev");
            assertThat(run.levels("receiver")).containsExactly("ok", "ok");
            assertThat(run.exitCode()).isZero();
        }
    }

    private void git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private void repository() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            installed = false;
        }
        assumeTrue(installed, "git is not installed");
        git("init", "-q");
    }

    private DoctorRun look() {
        return DoctorRun.of(folder, DoctorRun.variables(folder));
    }

    @Test
    void skipsTheRepositoryCheckOutsideARepository() {
        assertThat(look().the("repository", "skip")).containsAnyOf("not a git repository", "git cannot be run");
    }

    @Test
    void findsTheSecretInFilesThatGitTracks() throws Exception {
        repository();
        Files.writeString(folder.resolve(".env.example"), "CLERK_WEBHOOK_SIGNING_SECRET=whsec_...\n");
        Files.writeString(folder.resolve("application.yaml"), "bellhop:\n  port: 8787\n");
        git("add", "-A");
        assertThat(look().levels("repository")).containsExactly("ok");

        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), "bellhop.signing-secret=" + Run.SECRET);
        assertThat(look().levels("repository")).containsExactly("ok");
        git("add", "-A");
        assertThat(look().the("repository", "fail"))
                .contains("config/application.properties", "git rm --cached", "rotate the secret");
    }

    @Test
    void findsTheSecretInAnyKindOfFile() throws Exception {
        repository();
        for (String file : List.of("src/route.ts", "vercel.json", "a folder/ü.bin")) {
            Files.createDirectories(folder.resolve(file).toAbsolutePath().getParent());
            Files.writeString(folder.resolve(file), "x\0y const secret = '" + Run.SECRET + "'\n");
            git("add", "-A");
            assertThat(look().the("repository", "fail")).contains("is in " + file + ", which git tracks");
            git("rm", "-q", "-f", file);
        }
        assertThat(look().levels("repository")).containsExactly("ok");
    }

    @Test
    void findsTheProgramsOwnFilesInTheRepository() throws Exception {
        repository();
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/bellhop.db"), "");
        Files.writeString(folder.resolve("data/of-the-app.csv"), "");
        assertThat(look().the("repository", "warn")).contains("does not ignore data/bellhop.db", "data/ to .gitignore");
        git("add", "-A");
        assertThat(look().the("repository", "fail")).contains("Git tracks data/bellhop.db", "personal data");
    }

    @Test
    void reportsAFolderThatGitDoesNotTrust() throws Exception {
        repository();
        try {
            for (Path of : List.of(folder.resolve(".git"), folder)) {
                Files.setAttribute(of, "unix:uid", 65534);
            }
        } catch (IOException | UnsupportedOperationException refused) {
            assumeTrue(false, "only root can change the owner of files");
        }
        assertThat(look().the("repository", "skip")).contains("belongs to another user", "safe.directory");
    }

    @Test
    void checksTheWholeRepositoryFromASubfolder() throws Exception {
        repository();
        Files.writeString(folder.resolve(".env.production"), "CLERK_WEBHOOK_SIGNING_SECRET=" + Run.SECRET);
        Path inner = Files.createDirectories(folder.resolve("apps/web"));
        Files.writeString(inner.resolve(".env"), "PORT=3000");
        DoctorRun run = DoctorRun.of(inner, DoctorRun.variables(inner));
        assertThat(run.levels("repository")).containsExactly("warn", "warn");
        assertThat(run.all("repository"))
                .anyMatch(text -> text.contains("does not ignore .env.production"))
                .anyMatch(text -> text.contains("does not ignore apps/web/.env"));
    }

    @Test
    void findsEnvironmentFilesThatGitTracksOrDoesNotIgnore() throws Exception {
        repository();
        Files.writeString(folder.resolve(".env.local"), "CLERK_WEBHOOK_SIGNING_SECRET=" + Run.SECRET);
        assertThat(look().the("repository", "warn")).contains("does not ignore .env.local", ".gitignore");
        Files.writeString(folder.resolve(".gitignore"), ".env.*\n");
        assertThat(look().levels("repository")).containsExactly("ok");

        Files.writeString(folder.resolve(".env.production"), "PORT=3000");
        git("add", "-f", ".env.production");
        assertThat(look().the("repository", "warn")).contains("Git tracks .env.production");
        git("add", "-f", ".env.local");
        assertThat(look().the("repository", "fail")).contains(".env.local, which git tracks");
    }
}
