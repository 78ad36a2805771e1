package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.CuttableProxy;
import io.github.bellhop.server.testing.Flood;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bellhop serve} with little memory, a database that is gone, and a thousand large deliveries at once. Beside
 * the budget of 64 MiB, which arrays of 1 MiB fill twice in the usual collector, stand the program itself, the buffers
 * of the connections and what is prepared for the next batch.
 */
class BoundedMemoryTest {
    private static final int CONNECTIONS = 1_000;
    private static final int BODY_BYTES = 1024 * 1024;

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());

    @TempDir
    Path folder;

    /** A user whose metadata fill the body up to the limit; once read, each character takes two bytes of memory. */
    private byte[] largeUser() {
        String small = new String(
                fixtures.event("user.created")
                        .set("data.public_metadata.text", "PADDING\u20AC")
                        .payload(),
                StandardCharsets.UTF_8);
        int missing = BODY_BYTES - small.getBytes(StandardCharsets.UTF_8).length;
        byte[] body = small.replace("PADDING", "PADDING" + "x".repeat(missing)).getBytes(StandardCharsets.UTF_8);
        assertThat(body).hasSize(BODY_BYTES);
        return body;
    }

    @Test
    void refusesWhatDoesNotFitAndLives() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        URI direct = URI.create(settings.url().substring("jdbc:".length()));
        try (CuttableProxy proxy = new CuttableProxy(direct.getPort())) {
            Map<String, String> environment = Map.of(
                    "BELLHOP_DATABASE_URL",
                    settings.url().replace(":" + direct.getPort() + "/", ":" + proxy.port() + "/"),
                    "BELLHOP_DATABASE_USER",
                    String.valueOf(settings.user()));
            List<String> littleMemory = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
            try (ProgramProcess program = ProgramProcess.start(folder, environment, littleMemory, "serve")) {
                program.awaitReady();
                proxy.cut();
                Flood flood = new Flood(program.webhook(), ProgramProcess.SECRET, largeUser());
                Flood.Answers answers = flood.send(
                        CONNECTIONS,
                        Duration.ofSeconds(25),
                        () -> assertThat(Http.status(program.url("/health/live")))
                                .as(program.output())
                                .isEqualTo(200));
                assertThat(program.isAlive()).as(program.output()).isTrue();
                assertThat(answers.unanswered())
                        .as("neither answered nor closed")
                        .isZero();
                assertThat(answers.problems())
                        .isNotEmpty()
                        .allSatisfy(answer -> assertThat(answer)
                                .startsWith("HTTP/1.1 503 ")
                                .containsIgnoringCase("\r\nRetry-After: ")
                                .containsPattern("\"reason\":\"(store-unavailable|budget-used-up)\""));
                assertThat(Http.status(program.url("/health/live"))).isEqualTo(200);

                proxy.join();
                OutgoingMessage message = OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created"));
                program.await(
                        "messages are kept again", () -> program.send(message).status() == 200);
                assertThat(program.output()).doesNotContain("OutOfMemoryError");
            }
        }
    }
}
