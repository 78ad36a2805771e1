package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.CuttableProxy;
import io.github.bellhop.server.testing.Flood;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code bellhop serve} with little memory, an unavailable database and a thousand concurrent large deliveries.
 * The heap must hold the budget of 64 MiB, the program itself, the buffers of the connections and the next batch. In
 * the default collector, each array of 1 MiB in the budget occupies twice its size.
 */
@Isolated("Needs the machine's processors and memory for itself.")
class BoundedMemoryTest {
    private static final int CONNECTIONS = 1_000;
    private static final int BODY_BYTES = 1024 * 1024;

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());

    @TempDir
    Path folder;

    /**
     * Returns a user whose metadata fills the body up to the limit. Once parsed, each character takes two bytes of
     * memory.
     */
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

    /** Returns a user whose metadata is a list with as many copies of the element as fit into a body of this size. */
    private byte[] userOf(String element, int bytes) {
        String small = new String(
                fixtures.event("user.created")
                        .set("data.public_metadata.list", "PADDING")
                        .payload(),
                StandardCharsets.UTF_8);
        String values = (element + ",").repeat((bytes - small.length() - 10) / (element.length() + 1));
        return small.replace("\"PADDING\"", "[" + values + "0]").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void storesPayloadTooLargeToParseAsDeadLetter() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        Map<String, String> environment = ProgramProcess.environment(settings);
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop.limits.body: 16MB");
        try (ProgramProcess program = ProgramProcess.start(folder, environment, List.of("-Xmx256m"), "serve")) {
            program.awaitReady();
            byte[] huge = userOf("{\"\":0}", 16 * BODY_BYTES);
            OutgoingMessage dead = new OutgoingMessage(fixtures.messageId(), "user.created", null, huge);
            assertThat(program.send(dead).status()).as(program.output()).isEqualTo(200);
            OutgoingMessage next = OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created"));
            assertThat(program.send(next).status()).as(program.output()).isEqualTo(200);
            Database database = Databases.unpooled(settings);
            assertThat(Rows.query(database, "select message_id, reason from bellhop_inbox where state = 'dead'"))
                    .extracting(row -> row.get("message_id") + " " + row.get("reason"))
                    .containsExactly(dead.messageId() + " payload-too-large");
            assertThat(Rows.count(database, "clerk_users")).isEqualTo(1);
            assertThat(program.output()).doesNotContain("OutOfMemoryError");
        }
    }

    private static long processed(Database database) {
        return Rows.count(database, "bellhop_inbox where state <> 'kept'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"\":0}"})
    void mirrorsPayloadsThatNeedMuchMemoryToParse(String element) throws Exception {
        int consolePort = ProgramProcess.freePort();
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        Map<String, String> environment = ProgramProcess.environment(settings);
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(consolePort));
        environment.put("BELLHOP_MIRROR_RAW", "all");
        try (ProgramProcess program = ProgramProcess.start(folder, environment, List.of("-Xmx256m"), "serve")) {
            program.awaitReady();
            Flood flood = new Flood(program.webhook(), ProgramProcess.SECRET, userOf(element, BODY_BYTES));
            Database database = Databases.unpooled(settings);
            for (int round = 0; Rows.count(database, "clerk_users") == 0 || processed(database) < 32; round++) {
                // Like Svix, the test retries deliveries that were not answered in time.
                assertThat(round).as(program.output()).isLessThan(20);
                Flood.Answers answers = flood.send(32, Duration.ofSeconds(25), () -> {});
                assertThat(answers.unanswered()).as(program.output()).isZero();
            }
            URI metrics = URI.create("http://127.0.0.1:" + consolePort + "/metrics");
            program.await(
                    "the budget is returned", () -> Http.get(metrics).body().contains("bellhop_budget_used_bytes 0.0"));
            assertThat(program.output()).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void rejectsDeliveriesBeyondTheMemoryBudget() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        URI direct = URI.create(settings.url().substring("jdbc:".length()));
        try (CuttableProxy proxy = new CuttableProxy(direct.getPort())) {
            Map<String, String> environment = Map.of(
                    "BELLHOP_DATABASE_URL",
                    settings.url().replace(":" + direct.getPort() + "/", ":" + proxy.port() + "/"),
                    "BELLHOP_DATABASE_USER",
                    String.valueOf(settings.user()));
            // A loaded machine may take longer than usual to send a thousand bodies.
            Files.writeString(
                    folder.resolve("bellhop.yaml"),
                    "bellhop.limits.body-timeout: 60s\nbellhop.limits.answer-timeout: 60s\n");
            List<String> littleMemory = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
            try (ProgramProcess program = ProgramProcess.start(folder, environment, littleMemory, "serve")) {
                program.awaitReady();
                proxy.cut();
                Flood flood = new Flood(program.webhook(), ProgramProcess.SECRET, largeUser());
                Flood.Answers answers = flood.send(
                        CONNECTIONS,
                        Duration.ofSeconds(100),
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
                        "messages are stored again", () -> program.send(message).status() == 200);
                assertThat(program.output()).doesNotContain("OutOfMemoryError");
            }
        }
    }
}
