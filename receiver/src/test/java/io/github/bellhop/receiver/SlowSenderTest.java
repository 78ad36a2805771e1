package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends bodies slowly, partially or not at all. Tests that memory and threads are released afterwards. */
class SlowSenderTest {
    private static final int THREADS = 4;

    /**
     * A new receiver for each test: a broken connection may be counted after its memory is released, when the next test
     * is already running.
     */
    private TestReceiver receiver;

    @BeforeEach
    void start() throws LifecycleException {
        receiver = TestReceiver.start(TestReceiver.settings(Duration.ofMillis(700), Duration.ofMillis(1500)), THREADS);
    }

    @AfterEach
    void releasesAllMemory() throws Exception {
        try {
            Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
        } finally {
            receiver.close();
        }
    }

    @Test
    void refusesBodyThatStopsHalfway() throws IOException {
        try (Connection connection = receiver.connect()) {
            connection.send(allButTheEnd(SignedDelivery.valid()));
            assertRefused(connection, 408, "body-too-slow");
        }
    }

    @Test
    void refusesBodyThatNeverStarts() throws IOException {
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid().head());
            assertRefused(connection, 408, "body-too-slow");
        }
    }

    @Test
    void refusesChunksThatStop() throws IOException {
        try (Connection connection = receiver.connect()) {
            connection.send(allButTheEnd(SignedDelivery.valid().chunked()));
            assertRefused(connection, 408, "body-too-slow");
        }
    }

    @Test
    void refusesBodyThatArrivesTooSlowly() throws Exception {
        try (Connection connection = receiver.connect()) {
            connection.send(
                    SignedDelivery.valid().body(SignedDelivery.jsonOf(4096)).head());
            Eventually.holds(() -> {
                connection.send(new byte[] {' '});
                assertThat(receiver.counted(408, "body-too-slow")).isPositive();
            });
            assertRefused(connection, 408, "body-too-slow");
        }
    }

    @Test
    void reportsEarlierFaultIfRefusedBodyNeverArrives() throws IOException {
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid().target("/elsewhere").head());
            assertRefused(connection, 404, "not-found");
        }
    }

    @Test
    void refusesBodyShorterThanDeclared() throws Exception {
        double before = receiver.counted(400, "body-incomplete");
        SignedDelivery delivery = SignedDelivery.valid();
        try (Connection connection = receiver.connect()) {
            connection.send(delivery.declaring(delivery.body().length + 10L)).endSending();
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
        Eventually.holds(
                () -> assertThat(receiver.counted(400, "body-incomplete")).isEqualTo(before + 1));
        assertThat(receiver.intake().messages()).isEmpty();
    }

    @Test
    void refusesMalformedChunks() throws Exception {
        double before = receiver.counted(400, "body-incomplete");
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid().chunked().head());
            connection.send("zz\r\n{}\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
        Eventually.holds(
                () -> assertThat(receiver.counted(400, "body-incomplete")).isEqualTo(before + 1));
        assertThat(receiver.intake().messages()).isEmpty();
    }

    @Test
    void releasesBodyIfConnectionBreaks() throws Exception {
        double before = receiver.counted(400, "body-incomplete");
        SignedDelivery delivery = SignedDelivery.valid().body(SignedDelivery.jsonOf(20_000));
        try (Connection connection = receiver.connect()) {
            connection.send(allButTheEnd(delivery));
            Eventually.holds(() -> assertThat(receiver.budgetUsed()).isPositive());
            connection.reset();
        }
        Eventually.holds(
                () -> assertThat(receiver.counted(400, "body-incomplete")).isEqualTo(before + 1));
        assertThat(receiver.intake().messages()).isEmpty();
    }

    @Test
    void sendsRequestedInterimResponse() throws IOException {
        SignedDelivery delivery = SignedDelivery.valid().header("Expect", "100-continue");
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(delivery.head()).read().status()).isEqualTo(100);
            assertThat(connection.send(delivery.body()).read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersRefusedSenderAfterInterimResponse() throws IOException {
        SignedDelivery delivery =
                SignedDelivery.valid().header("Expect", "100-continue").target("/elsewhere");
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(delivery.head()).read().status()).isEqualTo(100);
            connection.send(delivery.body());
            assertRefused(connection, 404, "not-found");
        }
    }

    @Test
    void stalledDeliveriesBlockNoThreads() throws Exception {
        receiver.intake().holdBack();
        List<Connection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * THREADS; i++) {
                stalled.add(receiver.connect().send(allButTheEnd(SignedDelivery.valid())));
                stalled.add(receiver.connect()
                        .send(allButTheEnd(SignedDelivery.valid().target("/elsewhere"))));
                stalled.add(receiver.connect()
                        .send(allButTheEnd(
                                SignedDelivery.valid().without("svix-id").chunked())));
                stalled.add(receiver.connect().send(SignedDelivery.valid()));
            }
            Eventually.holds(() -> assertThat(receiver.intake().messages()).hasSize(4 * THREADS));
            receiver.intake().answerWith(Receipt.KEPT);
            long start = System.nanoTime();
            assertThat(receiver.send(SignedDelivery.valid()).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(600));
        } finally {
            receiver.intake().answerHeldBack(Receipt.KEPT);
            for (Connection connection : stalled) {
                connection.close();
            }
        }
    }

    private static byte[] allButTheEnd(SignedDelivery delivery) {
        byte[] bytes = delivery.bytes();
        return Arrays.copyOf(bytes, bytes.length - 6);
    }

    private static void assertRefused(Connection connection, int status, String reason) throws IOException {
        Answer answer = connection.read();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
    }
}
