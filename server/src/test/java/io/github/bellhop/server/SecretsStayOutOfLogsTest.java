package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EventType;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run with every logger asked for all it has, through everything that can go right and wrong. */
class SecretsStayOutOfLogsTest {
    private static final String MARKER = "quetzalcoatl";
    private static final String PASSWORD = "axolotl-password";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"SQLITE, text", "SQLITE, json", "POSTGRESQL, text"})
    void noSecretAndNoBodyIsInAnyLine(TestDatabase kind, String format) throws Exception {
        DatabaseSettings settings = kind.fresh();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("BELLHOP_DATABASE_URL", settings.url());
        environment.put("BELLHOP_DATABASE_USER", settings.user() == null ? "" : settings.user());
        environment.put("BELLHOP_DATABASE_PASSWORD", PASSWORD); // the server of the tests trusts everybody
        environment.put("BELLHOP_LOG_FORMAT", format);
        environment.put("BELLHOP_IP_ALLOWLIST", "observe");
        List<String> options = Stream.of(
                        "io.github.bellhop",
                        "root",
                        "org.apache",
                        "org.postgresql",
                        "org.sqlite",
                        "com.zaxxer",
                        "org.springframework",
                        "org.flywaydb")
                .map(logger -> "-Dlogging.level." + logger + "=TRACE")
                .toList();
        List<String> secrets = new ArrayList<>(
                List.of(ProgramProcess.SECRET, ProgramProcess.SECRET.substring("whsec_".length()), MARKER, PASSWORD));
        try (ProgramProcess program = ProgramProcess.start(folder, environment, options, "serve")) {
            program.awaitReady();
            sendEverything(program, secrets);
            sendWhatIsRefused(program, secrets);
            sendWhatCannotBeMirrored(program, Databases.unpooled(settings));
            program.terminate();
            program.exitCode();

            String output = program.output();
            assertThat(output).contains("TRACE").contains("io.github.bellhop").contains("could not be mirrored");
            for (String secret : secrets) {
                assertThat(output.contains(secret))
                        .as("'%s' stands in:%n%s", secret, lineWith(output, secret))
                        .isFalse();
            }
        }
    }

    private static String lineWith(String output, String text) {
        return output.lines().filter(line -> line.contains(text)).findFirst().orElse("");
    }

    private static Fixture marked(String type) {
        Fixture fixture = Fixtures.of(InstantSource.system(), new Random()).event(type);
        if (type.startsWith("user.") && !type.endsWith("deleted")) {
            fixture.set("data.first_name", MARKER)
                    .set("data.private_metadata.secret", MARKER)
                    .set("data.public_metadata." + MARKER, "1");
        }
        if (type.startsWith("session.")) {
            fixture.set("data.user.last_name", MARKER);
        }
        if (type.startsWith("organization.") && !type.endsWith("deleted")) {
            fixture.set("data.name", MARKER);
        }
        return fixture;
    }

    private static void sendEverything(ProgramProcess program, List<String> secrets) {
        Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
        for (EventType type : EventType.values()) {
            Fixture fixture = marked(type.wireName());
            assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), fixture))
                            .status())
                    .isEqualTo(200);
        }
        // An address as it stands in a body of its own.
        Fixture user = marked("user.created");
        String body = new String(user.payload(), StandardCharsets.UTF_8);
        int at = body.indexOf("\"email_address\":\"") + "\"email_address\":\"".length();
        secrets.add(body.substring(at, body.indexOf('"', at)));
        assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), user)).status())
                .isEqualTo(200);
    }

    private static void sendWhatIsRefused(ProgramProcess program, List<String> secrets) throws Exception {
        MessageSigner stranger = MessageSigner.with(SigningSecret.parse("whsec_c3RyYW5nZXI="));
        EventSender sender = new EventSender(program.webhook(), stranger, InstantSource.system());
        assertThat(sender.send(OutgoingMessage.of("msg_stranger", marked("user.created")))
                        .status())
                .isEqualTo(400);
        assertThat(program.send(new OutgoingMessage(
                                "msg_broken", "x", null, ("{\"" + MARKER).getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(400);
        String signature = "v1,c2lnbmF0dXJlLW9mLWEtc3RyYW5nZXI=";
        secrets.add(signature);
        Http.get(program.url("/api/webhooks/clerk?secret=" + ProgramProcess.SECRET), "svix-signature", signature);
        Http.get(program.url("/" + MARKER), "x-secret", ProgramProcess.SECRET);
        raw(program, "POST /" + MARKER + " {} HTTP/1.1\r\nHost: x\r\n" + MARKER + "\r\n\r\n");
        raw(program, "POST /api/webhooks/clerk HTTP/1.1\r\nHost: x\r\nsvix-id: \u0001" + MARKER + "\r\n\r\n");
        raw(program, "POST /api/webhooks/clerk HTTP/1.1\r\nHost: x\r\nContent-Length: " + MARKER + "\r\n\r\n");
    }

    private static void raw(ProgramProcess program, String request) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), program.webhook().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(12)).hasSizeLessThanOrEqualTo(12);
        } catch (IOException closed) {
            // A server may close on such a request without an answer.
        }
    }

    private static void sendWhatCannotBeMirrored(ProgramProcess program, Database database) {
        Rows.execute(database, "alter table clerk_users rename to clerk_users_gone");
        Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
        assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), marked("user.created")))
                        .status())
                .isEqualTo(200);
        program.await("the worker has failed", () -> program.output().contains("; attempt 2 of"));
        Rows.execute(database, "alter table clerk_users_gone rename to clerk_users");
        Rows.execute(database, "alter table bellhop_inbox rename to bellhop_inbox_gone");
        assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), marked("user.created")))
                        .status())
                .isEqualTo(503);
        Rows.execute(database, "alter table bellhop_inbox_gone rename to bellhop_inbox");
    }
}
