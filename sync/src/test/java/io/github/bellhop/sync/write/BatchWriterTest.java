package io.github.bellhop.sync.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that every submitted message is answered, even if the writer fails. */
class BatchWriterTest {
    private final Gate gate = new Gate();
    private final CountDownLatch atTheGate = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private OpenDatabase open;
    private BatchWriter writer;

    @BeforeEach
    void open() {
        open = TestDatabase.SQLITE.open();
        Database database = gate.before(open.database());
        SyncSettings settings = SyncSettings.defaults();
        SyncMetrics metrics = new SyncMetrics(new SimpleMeterRegistry());
        writer = new BatchWriter(database, new MirrorWriter(database, settings), settings, metrics, () -> {}, () -> {});
        writer.start();
    }

    @AfterEach
    void close() {
        opened.countDown();
        writer.close();
        open.close();
    }

    private void closeGate() {
        gate.set(() -> {
            atTheGate.countDown();
            while (opened.getCount() > 0) {
                try {
                    opened.await();
                } catch (InterruptedException ignored) {
                    // Ignores interrupts, like a driver that waits for its server.
                }
            }
            return null;
        });
    }

    private void submit(String id, Consumer<Receipt> answer) {
        byte[] payload = Json.of("{'type':'user.created','data':{'id':'user_1'}}");
        writer.submit(new IncomingMessage(id, EnvelopeReader.read(payload), Instant.now(), payload), answer);
    }

    @Test
    void answersRemainingMessagesAfterCallbackThrows() throws Exception {
        closeGate();
        submit("msg_1", receipt -> {});
        atTheGate.await();
        CompletableFuture<Receipt> third = new CompletableFuture<>();
        submit("msg_2", receipt -> {
            throw new AssertionError("on purpose");
        });
        submit("msg_3", third::complete);
        opened.countDown();
        assertThat(third.get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.KEPT);
    }

    @Test
    void answersOnceIfWriteOutlastsCloseTimeout() throws Exception {
        closeGate();
        AtomicInteger answers = new AtomicInteger();
        CompletableFuture<Receipt> inFlight = new CompletableFuture<>();
        CompletableFuture<Receipt> queued = new CompletableFuture<>();
        submit("msg_1", receipt -> {
            answers.incrementAndGet();
            inFlight.complete(receipt);
        });
        atTheGate.await();
        submit("msg_2", receipt -> {
            answers.incrementAndGet();
            queued.complete(receipt);
        });
        writer.close(Duration.ofMillis(1));
        opened.countDown();
        assertThat(inFlight.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(queued.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(answers).hasValue(2);

        CompletableFuture<Receipt> late = new CompletableFuture<>();
        submit("msg_3", late::complete);
        assertThat(late).isCompletedWithValue(Receipt.UNAVAILABLE);
    }

    @Test
    void recoversAfterErrors() throws Exception {
        AtomicInteger errors = new AtomicInteger();
        CountDownLatch probed = new CountDownLatch(3);
        gate.set(() -> {
            probed.countDown();
            if (errors.incrementAndGet() <= 3) {
                throw new StackOverflowError("on purpose");
            }
            return null;
        });
        CompletableFuture<Receipt> first = new CompletableFuture<>();
        submit("msg_1", first::complete);
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Receipt.UNAVAILABLE);
        assertThat(probed.await(20, TimeUnit.SECONDS)).isTrue();
        Receipt receipt = Receipt.UNAVAILABLE;
        for (long end = System.nanoTime() + 20_000_000_000L;
                receipt == Receipt.UNAVAILABLE && System.nanoTime() < end; ) {
            CompletableFuture<Receipt> again = new CompletableFuture<>();
            submit("msg_1", again::complete);
            receipt = again.get(20, TimeUnit.SECONDS);
        }
        assertThat(receipt).isEqualTo(Receipt.KEPT);
    }
}
