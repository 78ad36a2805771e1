package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends several deliveries on one connection. No part of a body may ever be treated as a request. */
class ConnectionReuseTest {
    private static TestReceiver receiver;

    @BeforeAll
    static void start() throws LifecycleException {
        receiver = TestReceiver.start(TestReceiver.settings(Duration.ofMillis(700), Duration.ofMillis(1500)));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @BeforeEach
    void reset() {
        receiver.intake().messages().clear();
        receiver.intake().answerWith(Receipt.KEPT);
    }

    @Test
    void acceptsManyDeliveriesOnOneConnection() throws IOException {
        try (Connection connection = receiver.connect()) {
            for (int i = 0; i < 50; i++) {
                SignedDelivery delivery = SignedDelivery.valid();
                assertThat(connection
                                .send(i % 2 == 0 ? delivery : delivery.chunked())
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
        assertThat(receiver.intake().messages()).hasSize(50);
    }

    @Test
    void answersPipelinedDeliveriesInOrder() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SignedDelivery delivery = SignedDelivery.valid();
            ids.add(delivery.id());
            all.writeBytes(delivery.bytes());
            all.writeBytes(SignedDelivery.valid().target("/elsewhere").bytes());
        }
        try (Connection connection = receiver.connect()) {
            connection.send(all.toByteArray());
            for (int i = 0; i < 20; i++) {
                assertThat(connection.read().status()).isEqualTo(200);
                assertThat(connection.read().status()).isEqualTo(404);
            }
        }
        assertThat(receiver.intake().ids()).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/elsewhere", "/elsewhere?chunked"})
    void continuesAfterRefusalOnceBodyIsRead(String target) throws IOException {
        SignedDelivery refused = SignedDelivery.valid().target(target).body(SignedDelivery.jsonOf(200_000));
        try (Connection connection = receiver.connect()) {
            assertThat(connection
                            .send(target.endsWith("chunked") ? refused.chunked() : refused)
                            .read()
                            .status())
                    .isEqualTo(404);
            assertThat(connection.send(SignedDelivery.valid()).read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersNextDeliveryOrClosesAfterBadSignature() throws IOException {
        try (Connection connection = receiver.connect()) {
            Answer answer = connection
                    .send(SignedDelivery.valid().signedWith(SignedDelivery.OTHER_SECRET))
                    .read();
            assertThat(answer.reason()).isEqualTo("no-matching-signature");
            if (answer.header("Connection").equals("close")) {
                assertThat(connection.isClosedByReceiver()).isTrue();
            } else {
                assertThat(connection.send(SignedDelivery.valid()).read().status())
                        .isEqualTo(200);
            }
        }
    }

    /** The inner delivery is complete and signed. If it were read as a request, it would reach the intake. */
    @ParameterizedTest
    @ValueSource(strings = {"/elsewhere", SignedDelivery.PATH})
    void neverTreatsRestOfBodyAsRequest(String target) throws IOException {
        SignedDelivery outer = SignedDelivery.valid().target(target).declaring(60_000);
        try (Connection connection = receiver.connect()) {
            connection.send(outer.head()).send(new byte[10]);
            Answer answer = connection.read();
            assertThat(answer.status()).isIn(404, 408);
            assertThat(answer.header("Connection")).isEqualTo("close");
            trySend(connection, SignedDelivery.valid().bytes());
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
        assertThat(receiver.intake().messages()).isEmpty();
    }

    private static void trySend(Connection connection, byte[] bytes) {
        try {
            connection.send(bytes);
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }

    @Test
    void doesNotTreatBytesAfterDeclaredLengthAsDelivery() throws IOException {
        SignedDelivery delivery = SignedDelivery.valid();
        byte[] body = delivery.body();
        try (Connection connection = receiver.connect()) {
            connection.send(delivery.declaring(body.length).bytes()).send("rest of it\r\n\r\n".getBytes(US_ASCII));
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(400);
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
        assertThat(receiver.intake().messages()).hasSize(1);
    }

    /** Two servers that interpret such a delivery differently would see different requests after it. */
    @Test
    void ignoresBytesAfterDeliveryWithChunksAndLength() throws IOException {
        SignedDelivery delivery = SignedDelivery.valid().chunked().header("Content-Length", "4");
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(delivery).read().status()).isEqualTo(200);
            trySend(connection, SignedDelivery.valid().bytes());
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
        assertThat(receiver.intake().ids()).containsExactly(delivery.id());
    }
}
