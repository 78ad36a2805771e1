package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SQLite file is moved, replaced or deleted while the engine uses it. */
class LostFileTest {
    private final DatabaseSettings settings = TestDatabase.SQLITE.fresh();
    private final Path file = Databases.sqliteFile(settings.url());
    private OpenDatabase open;
    private SyncEngine engine;
    private int number;

    @BeforeEach
    void start() throws Exception {
        open = Databases.open(settings);
        engine = new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry());
        engine.start();
        assertThat(deliver()).isEqualTo(Receipt.KEPT);
    }

    @AfterEach
    void stop() {
        engine.close();
        open.close();
    }

    private Receipt deliver() throws Exception {
        String id = "msg_" + ++number;
        byte[] payload = Json.of("{'type':'user.created','data':{'id':'user_%d','updated_at':1}}", number);
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        engine.submit(new IncomingMessage(id, EnvelopeReader.read(payload), Instant.now(), payload), answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesMessagesWhileFileIsMoved() throws Exception {
        Path elsewhere = file.resolveSibling("moved.db");
        Files.move(file, elsewhere);
        assertThat(deliver()).isEqualTo(Receipt.UNAVAILABLE);
        assertThat(engine.isReady()).isFalse();
        assertThat(Files.exists(file)).as("a new file in its place").isFalse();
        Files.move(elsewhere, file);
        await("the engine is ready again", engine::isReady);
        assertThat(deliver()).isEqualTo(Receipt.KEPT);
        try (OpenDatabase after = Databases.open(settings)) {
            assertThat(Rows.count(after.database(), "bellhop_inbox")).isEqualTo(2);
        }
    }

    @Test
    void refusesMessagesOnceFileIsReplaced() throws Exception {
        Path other = file.resolveSibling("other.db");
        TestDatabase.open(new DatabaseSettings("jdbc:sqlite:" + other, null, null))
                .close();
        Files.delete(file);
        Files.move(other, file);
        assertThat(deliver()).isEqualTo(Receipt.UNAVAILABLE);
        assertThat(engine.isReady()).isFalse();
    }

    /** The loss is detected even without a message. */
    @Test
    void isNotReadyAfterFileIsDeletedEvenWithoutTraffic() throws IOException {
        Files.delete(file);
        await("the loss is detected", () -> !engine.isReady());
    }
}
