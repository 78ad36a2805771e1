package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs {@code bellhop dev} and the commands that it suggests, each as a process in the same folder. */
@Execution(ExecutionMode.CONCURRENT)
class DevTest {
    private static final Pattern CLERK_API = Pattern.compile("Clerk API\\s+(http://\\S+)/v1 ");
    private static final Pattern ENTITY = Pattern.compile("\"entity_id\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private String webhook = "";

    @Test
    @SameOnEveryJdk
    void mirrorsATriggeredUserFromCreationToDeletion() throws IOException {
        // Without a secret in the environment, dev creates one, and trigger finds it.
        Map<String, String> bare = Map.of("CLERK_WEBHOOK_SIGNING_SECRET", "");
        try (ProgramProcess dev =
                ProgramProcess.start(folder, bare, List.of("-Dbellhop.launcher=../a clone/bellhop"), "dev")) {
            dev.awaitReady();
            dev.await("it suggests commands", () -> dev.output().contains("'../a clone/bellhop' trigger user.created"));
            assertThat(dev.output()).contains("'../a clone/bellhop' show clerk_users\n");
            webhook = dev.webhook().toString();
            assertThat(isReachedFromOutside(dev.webhook().getPort())).isFalse();
            assertThat(dev.output()).contains(webhook).contains("/metrics").contains("data/dev-secret");
            Path secret = folder.resolve("data/dev-secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(dev.output()).doesNotContain(Files.readString(secret).strip());

            String created = trigger(0, "user.created", "--json");
            assertThat(created.strip().replaceAll("\":[^,}]+", "\""))
                    .isEqualTo("{\"message_id\",\"type\",\"entity_id\",\"status\",\"latency_ms\",\"reason\"}");
            Matcher entity = ENTITY.matcher(created);
            assertThat(entity.find()).isTrue();
            String user = entity.group(1);
            assertThat(run(0, "show", "clerk_users")).contains(user);

            trigger(0, "user.updated", "--id", user, "--set", "data.first_name=Ann");
            assertThat(run(0, "show", user, "--json"))
                    .contains("\"first_name\":\"Ann\"")
                    .contains("\"table\":\"clerk_user_email_addresses\"");
            trigger(0, "session.created", "--id", user);
            assertThat(run(0, "show", "clerk_audit_log", "--json")).contains("\"user_id\":\"" + user + "\"");
            trigger(0, "user.deleted", "--id", user);
            assertThat(run(0, "show", user)).contains("deleted_at").doesNotContain("clerk_user_email_addresses");

            storesWhatTriggerInvents(dev);

            String refused = trigger(1, "user.created", "--secret", "whsec_YW5vdGhlciBzZWNyZXQ=", "--json");
            assertThat(refused).contains("\"status\":400").contains("\"reason\":\"no-matching-signature\"");
        }
    }

    /** The simulated Backend API returns the state in the events that {@code trigger} sends. */
    private void storesWhatTriggerInvents(ProgramProcess dev) throws IOException {
        Matcher clerk = CLERK_API.matcher(dev.output());
        assertThat(clerk.find()).isTrue();
        URI simulator = URI.create(clerk.group(1));
        Map<String, String> beside = Map.of(
                "CLERK_WEBHOOK_SIGNING_SECRET", "", "BELLHOP_SIMULATOR_PORT", Integer.toString(simulator.getPort()));
        String created =
                run(0, beside, "trigger", "--to", webhook, "user.created", "--json", "--set", "data.first_name=Eve");
        Matcher entity = ENTITY.matcher(created);
        assertThat(entity.find()).isTrue();
        String user = simulator + "/v1/users/" + entity.group(1);
        assertThat(get(user)).contains("\"first_name\":\"Eve\"");
        assertThat(run(0, "show", entity.group(1), "--json")).contains("\"first_name\":\"Eve\"");
        run(
                0,
                beside,
                "trigger",
                "--to",
                webhook,
                "user.updated",
                "--id",
                entity.group(1),
                "--set",
                "data.locale=de-AT");
        assertThat(get(user)).contains("\"first_name\":\"Eve\"").contains("\"locale\":\"de-AT\"");
        assertThat(run(2, beside, "trigger", "--to", webhook, "user.updated", "--set", "data.colour=red"))
                .contains("data.colour does not exist");
    }

    private static String get(String url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer sk_test_simulator")
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return answer.body();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    @SameOnEveryJdk
    void usesTheSecretFromTheEnvironment() {
        // The suggested commands omit a URL that contains "password", so the environment sets the same URL.
        String database = "jdbc:sqlite:password.db";
        Map<String, String> environment = Map.of("BELLHOP_DATABASE_URL", database);
        try (ProgramProcess dev = ProgramProcess.start(folder, environment, List.of(), "dev", "--database", database)) {
            dev.awaitReady();
            webhook = dev.webhook().toString();
            trigger(0, "user.created", "--secret", ProgramProcess.SECRET);
            assertThat(dev.output()).contains(" show clerk_users\n");
        }
    }

    @Test
    @SameOnEveryJdk
    void suggestsCommandsThatRunUnchanged() throws Exception {
        Path launcher = Files.createDirectory(folder.resolve("a clone")).resolve("bellhop");
        Files.writeString(launcher, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        BellhopMain.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = Map.of("CLERK_WEBHOOK_SIGNING_SECRET", "");
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop.path: \"/hooks/ann's&others\"");
        try (ProgramProcess dev = ProgramProcess.start(
                folder,
                environment,
                List.of("-Dbellhop.launcher=" + launcher),
                "dev",
                "--database",
                "jdbc:sqlite:ann's $HOME; others.db")) {
            dev.awaitReady();
            dev.await("it prints what to try", () -> dev.output().contains("Press Ctrl-C to stop"));
            assertThat(shell(suggested(dev, " trigger "))).contains("200");
            assertThat(shell(suggested(dev, " show "))).contains("user_");
        }
    }

    private static String suggested(ProgramProcess dev, String command) {
        return dev.output()
                .lines()
                .filter(line -> line.contains("a clone/bellhop") && line.contains(command))
                .findFirst()
                .orElseThrow(() -> new AssertionError(dev.output()));
    }

    private String shell(String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BELLHOP_") || name.startsWith("CLERK_"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + output).isZero();
        return output;
    }

    @Test
    void deliversChangesFromTheSimulator() throws Exception {
        List<String> options =
                List.of("--users", "5", "--organizations", "1", "--chaos", "duplicate=1", "--rate-limit", "1");
        List<String> command = new ArrayList<>(List.of("dev"));
        command.addAll(options);
        try (ProgramProcess dev = ProgramProcess.start(folder, Map.of(), List.of(), command.toArray(String[]::new))) {
            dev.awaitReady();
            Database database = Databases.unpooled(
                    new DatabaseSettings("jdbc:sqlite:" + folder.resolve("data/bellhop.db"), null, null));
            dev.await(
                    "the generated users are mirrored",
                    () -> Rows.count(database, "clerk_organization_memberships") == 5);
            assertThat(Rows.count(database, "clerk_users")).isEqualTo(5);
            assertThat(Rows.count(database, "clerk_organizations")).isEqualTo(1);

            Matcher clerk = CLERK_API.matcher(dev.output());
            assertThat(clerk.find()).isTrue();
            assertThat(isReachedFromOutside(URI.create(clerk.group(1)).getPort()))
                    .isFalse();
            HttpRequest create = HttpRequest.newBuilder(URI.create(clerk.group(1) + "/v1/users"))
                    .header("Authorization", "Bearer sk_test_simulator")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"email_address\":[\"ann@example.com\"]}"))
                    .build();
            HttpResponse<String> created =
                    HttpClient.newHttpClient().send(create, HttpResponse.BodyHandlers.ofString());
            assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
            HttpResponse<String> limited =
                    HttpClient.newHttpClient().send(create, HttpResponse.BodyHandlers.ofString());
            assertThat(limited.statusCode())
                    .as("the second request in 10 seconds")
                    .isEqualTo(429);
            assertThat(limited.headers().firstValue("Retry-After")).isPresent();
            assertThat(shell("curl -s -X PUT " + clerk.group(1) + "/simulator/rate-limit"
                            + " -H 'Authorization: Bearer sk_test_simulator' -d '{\"requests\":5}'"))
                    .isEqualTo("{\"requests\":5}");
            HttpResponse<String> again = HttpClient.newHttpClient().send(create, HttpResponse.BodyHandlers.ofString());
            assertThat(again.body()).as("with the higher limit").contains("form_identifier_exists");
            dev.await("the new user is mirrored", () -> Rows.count(database, "clerk_users") == 6);
            assertThat(Rows.query(database, "select primary_email from clerk_users where primary_email like 'ann@%'"))
                    .hasSize(1);

            dev.terminate();
            assertThat(dev.exitCode()).isZero();
            assertThat(dev.output()).contains("duplicate");
        }
    }

    @Test
    void namesTheInvalidChaosOption() {
        assertThat(run(2, "dev", "--chaos", "drop=0.1,loose=0.5"))
                .contains("loose=0.5")
                .contains("wrong-secret");
    }

    /** Returns whether the port is reachable through any address of this machine other than loopback. */
    private static boolean isReachedFromOutside(int port) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .anyMatch(address -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(address, port), 2_000);
                        return true;
                    } catch (IOException refused) {
                        return false;
                    }
                });
    }

    private String trigger(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of("trigger", "--to", webhook));
        all.addAll(List.of(arguments));
        return run(exitCode, all.toArray(String[]::new));
    }

    private String run(int exitCode, String... arguments) {
        return run(exitCode, Map.of("CLERK_WEBHOOK_SIGNING_SECRET", ""), arguments);
    }

    private String run(int exitCode, Map<String, String> environment, String... arguments) {
        try (ProgramProcess command = ProgramProcess.start(folder, environment, List.of(), arguments)) {
            assertThat(command.exitCode())
                    .as(() -> String.join(" ", arguments) + "\n" + command.output())
                    .isEqualTo(exitCode);
            return command.output();
        }
    }
}
