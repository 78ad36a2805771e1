package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the answer to the sender if the intake fails, answers late or twice, or does not answer. */
class IntakeAnswersTest {
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(900);
    private static TestReceiver receiver;

    @BeforeAll
    static void start() throws LifecycleException {
        receiver = TestReceiver.start(TestReceiver.settings(Duration.ofMillis(700), ANSWER_TIMEOUT));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @AfterEach
    void releasesAllMemory() throws Exception {
        receiver.intake().answerHeldBack(Receipt.KEPT);
        receiver.intake().answerWith(Receipt.KEPT);
        receiver.intake().messages().clear();
        Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
    }

    @Test
    void answers503IfMessageCannotBeStored() throws IOException {
        receiver.intake().answerWith(Receipt.UNAVAILABLE);
        assertRetryLater(receiver.send(SignedDelivery.valid()), "store-unavailable");
    }

    @Test
    void answersAfterTheIntakeDoes() throws Exception {
        receiver.intake().holdBack();
        SignedDelivery delivery = SignedDelivery.valid();
        try (Connection connection = receiver.connect()) {
            connection.send(delivery);
            Eventually.holds(() -> assertThat(receiver.intake().ids()).containsExactly(delivery.id()));
            assertThat(receiver.budgetUsed()).isEqualTo(delivery.body().length);
            receiver.intake().answerHeldBack(Receipt.KEPT);
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void answers503IfMessageIsNotStoredInTime() throws Exception {
        receiver.intake().holdBack();
        SignedDelivery delivery = SignedDelivery.valid();
        long start = System.nanoTime();
        assertRetryLater(receiver.send(delivery), "not-in-time");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(ANSWER_TIMEOUT, ANSWER_TIMEOUT.multipliedBy(2));
        assertThat(receiver.budgetUsed())
                .as("its bytes stay in memory until the intake answers")
                .isEqualTo(delivery.body().length);
        receiver.intake().answerHeldBack(Receipt.KEPT);
        assertThat(receiver.budgetUsed()).isZero();
    }

    @Test
    void countsBodyTimeTowardsAnswerTimeout() throws Exception {
        receiver.intake().holdBack();
        SignedDelivery delivery = SignedDelivery.valid();
        long start = System.nanoTime();
        try (Connection connection = receiver.connect()) {
            connection.send(delivery.head());
            Eventually.holds(() ->
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(350)));
            connection.send(delivery.body());
            assertRetryLater(connection.read(), "not-in-time");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ANSWER_TIMEOUT.plus(Duration.ofMillis(340)));
    }

    @Test
    void lateReceiptDoesNotAffectLaterDelivery() throws Exception {
        receiver.intake().holdBack();
        try (Connection connection = receiver.connect()) {
            assertRetryLater(connection.send(SignedDelivery.valid()).read(), "not-in-time");
        }
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid());
            Eventually.holds(() -> assertThat(receiver.intake().messages()).hasSize(2));
            receiver.intake().answerHeldBack(Receipt.KNOWN);
            assertThat(connection.read().body()).isEqualTo("{\"result\":\"known\"}");
            receiver.intake().answerWith(Receipt.KEPT);
            assertThat(connection.send(SignedDelivery.valid()).read().body()).isEqualTo("{\"result\":\"kept\"}");
        }
    }

    @Test
    void ignoresSecondAnswerOfIntake() throws IOException {
        receiver.intake().behave((message, answer) -> {
            answer.accept(Receipt.KEPT);
            answer.accept(Receipt.UNAVAILABLE);
        });
        assertThat(receiver.send(SignedDelivery.valid()).status()).isEqualTo(200);
    }

    @Test
    void answers503IfIntakeThrowsException() throws IOException {
        receiver.intake().behave((message, answer) -> {
            throw new IllegalStateException(SignedDelivery.MARK);
        });
        assertRetryLater(receiver.send(SignedDelivery.valid()), "fault");
    }

    @Test
    void answers503IfIntakeThrowsError() throws IOException {
        receiver.intake().behave((message, answer) -> {
            throw new OutOfMemoryError(SignedDelivery.MARK);
        });
        assertRetryLater(receiver.send(SignedDelivery.valid()), "fault");
        assertThat(receiver.budgetUsed()).isZero();
    }

    @Test
    void releasesMessageAfterSenderDisconnects() throws Exception {
        receiver.intake().holdBack();
        try (Connection connection = receiver.connect()) {
            connection.send(SignedDelivery.valid());
            Eventually.holds(() -> assertThat(receiver.intake().messages()).hasSize(1));
            connection.reset();
        }
        receiver.intake().answerHeldBack(Receipt.KEPT);
        assertThat(receiver.budgetUsed()).isZero();
        receiver.intake().answerWith(Receipt.KEPT);
        assertThat(receiver.send(SignedDelivery.valid()).status()).isEqualTo(200);
    }

    private static void assertRetryLater(Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
    }
}
