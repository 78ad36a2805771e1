package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.ProgramProcess;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
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

/** {@code bellhop dev} and what one tries with it, each command a process in one folder, as at a desk. */
class DevTest {
    private static final Pattern ENTITY = Pattern.compile("\"entity_id\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private String webhook = "";

    @Test
    void takesATriggeredUserFromItsCreationToItsDeletion() throws IOException {
        // No secret in the environment: dev makes one, and trigger finds it.
        Map<String, String> bare = Map.of("CLERK_WEBHOOK_SIGNING_SECRET", "");
        try (ProgramProcess dev = ProgramProcess.start(folder, bare, List.of(), "dev")) {
            dev.awaitReady();
            dev.await("it tells what to try", () -> dev.output().contains("bellhop trigger user.created"));
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

            String refused = trigger(1, "user.created", "--secret", "whsec_YW5vdGhlciBzZWNyZXQ=", "--json");
            assertThat(refused).contains("\"status\":400").contains("\"reason\":\"no-matching-signature\"");
        }
    }

    @Test
    void takesTheSecretOfTheEnvironmentToo() {
        try (ProgramProcess dev = ProgramProcess.start(folder, Map.of(), List.of(), "dev")) {
            dev.awaitReady();
            webhook = dev.webhook().toString();
            trigger(0, "user.created", "--secret", ProgramProcess.SECRET);
        }
    }

    /** Whether any address of this machine but loopback's leads to the port. */
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
        Map<String, String> bare = Map.of("CLERK_WEBHOOK_SIGNING_SECRET", "");
        try (ProgramProcess command = ProgramProcess.start(folder, bare, List.of(), arguments)) {
            assertThat(command.exitCode())
                    .as(() -> String.join(" ", arguments) + "\n" + command.output())
                    .isEqualTo(exitCode);
            return command.output();
        }
    }
}
