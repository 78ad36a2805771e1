package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends bodies over the limit, from senders that read nothing until they have sent everything. */
class TooLargeBodyTest {
    /** Several bodies of this size exceed any socket buffer, so a sender blocks until the receiver reads them. */
    private static final int LIMIT = 1024 * 1024;

    private static TestReceiver receiver;

    @BeforeAll
    static void start() throws LifecycleException {
        receiver = TestReceiver.start(new ReceiverSettings(
                LIMIT,
                8L * LIMIT,
                Duration.ofSeconds(8),
                Duration.ofSeconds(9),
                Duration.ofSeconds(10),
                InstantSource.system()));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @AfterEach
    void releasesAllMemory() throws Exception {
        assertThat(receiver.intake().messages()).isEmpty();
        Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 2 * LIMIT, 7 * LIMIT})
    void answersSenderThatSendsEverythingFirst(int length) throws IOException {
        byte[] body = SignedDelivery.jsonOf(length);
        for (SignedDelivery delivery : List.of(
                SignedDelivery.valid().body(body),
                SignedDelivery.valid().body(body).chunked())) {
            try (Connection connection = receiver.connect()) {
                assertTooLarge(connection.send(delivery).read());
                assertThat(connection.isClosedInOrder()).isTrue();
            }
        }
    }

    @Test
    void answersBodyDeclaredToBeHuge() throws Exception {
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid().declaring(100L * 1024 * 1024).head());
            sendUntilRefused(connection, new byte[64 * 1024]);
            assertTooLarge(connection.read());
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
    }

    @Test
    void refusesEndlessBody() throws Exception {
        byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(ISO_8859_1);
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid().chunked().head());
            sendUntilRefused(connection, chunk);
            assertTooLarge(connection.read());
            assertThat(connection.isClosedByReceiver()).isTrue();
        }
    }

    /** An impossible length is not valid HTTP. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "99999999999999999999", "5, 5", "0x10", "1e3"})
    void leavesImpossibleLengthToContainer(String length) throws IOException {
        SignedDelivery delivery = SignedDelivery.valid().without("Content-Length");
        String head = new String(delivery.head(), ISO_8859_1);
        String changed = head.substring(0, head.length() - 2) + "Content-Length: " + length + "\r\n\r\n";
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(changed.getBytes(ISO_8859_1)).read().status())
                    .isEqualTo(400);
        }
    }

    private static void sendUntilRefused(Connection connection, byte[] piece) {
        // The receiver eventually closes the connection, so sending must fail before 200 MB.
        assertThatThrownBy(() -> {
                    for (int sent = 0; sent < 200 * 1024 * 1024; sent += piece.length) {
                        connection.send(piece);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void assertTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.reason()).isEqualTo("body-too-large");
    }
}
