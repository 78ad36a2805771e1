package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RunningProgram;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts PostgreSQL, as for an upgrade, while deliveries continue to arrive. */
@SameOnEveryJdk
class DatabaseRestartTest {
    private static final int SENDERS = 4;
    private static final int PHASE = 100;

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
    private final Queue<WireAnswer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<OutgoingMessage> kept = new ConcurrentLinkedQueue<>();
    private final Queue<OutgoingMessage> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    Path folder;

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    @Test
    void rejectsDeliveriesDuringRestartAndLosesNone() throws Exception {
        EmbeddedPostgres postgres = server(0);
        int port = postgres.getPort();
        DatabaseSettings settings =
                new DatabaseSettings("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres");
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            for (int i = 0; i < SENDERS; i++) {
                senders.execute(() -> sendOn(program));
            }
            program.await("messages are stored", () -> count(200) > PHASE);
            postgres.close();
            program.await("deliveries are rejected", () -> count(503) > PHASE);
            assertThat(Http.status(program.url("/health/ready"))).isEqualTo(503);
            long before = count(200);
            postgres = server(port);
            program.await("messages are stored again", () -> count(200) > before + PHASE);
            over.set(true);
            senders.shutdown();
            assertThat(senders.awaitTermination(120, TimeUnit.SECONDS)).isTrue();

            refused.forEach(message -> send(program, message));
            assertThat(answers).extracting(WireAnswer::status).containsOnly(200, 503);
            assertEveryAcknowledgedMessageIsThereOnce(Databases.unpooled(settings));
        } finally {
            over.set(true);
            senders.shutdownNow();
            postgres.close();
        }
    }

    private void assertEveryAcknowledgedMessageIsThereOnce(Database database) {
        assertThat(Rows.query(database, "select message_id from bellhop_inbox where state = 'mirrored'"))
                .extracting(row -> row.get("message_id"))
                .containsExactlyInAnyOrderElementsOf(kept.stream()
                        .map(OutgoingMessage::messageId)
                        .map(Object.class::cast)
                        .toList());
        assertThat(Rows.count(database, "clerk_users")).isEqualTo(count(200));
    }

    private void sendOn(RunningProgram program) {
        while (!over.get()) {
            OutgoingMessage message;
            synchronized (fixtures) {
                message = OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created"));
            }
            if (!send(program, message)) {
                refused.add(message);
            }
        }
    }

    private boolean send(RunningProgram program, OutgoingMessage message) {
        WireAnswer answer = program.send(message);
        answers.add(answer);
        return answer.status() == 200 && kept.add(message);
    }

    private long count(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
