package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends more bodies than the budget holds: some are retried, none is lost, and all memory is released. */
class BudgetTest {
    private static final int BODY = 1024 * 1024;
    private static final int DELIVERIES = 12;

    private final ExecutorService senders = Executors.newFixedThreadPool(DELIVERIES);
    private TestReceiver receiver;

    @BeforeEach
    void start() throws LifecycleException {
        receiver = TestReceiver.start(new ReceiverSettings(
                BODY,
                3L * BODY,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(10),
                InstantSource.system()));
    }

    @AfterEach
    void stop() throws LifecycleException {
        senders.shutdownNow();
        receiver.close();
    }

    private List<Future<Answer>> sendAllAtOnce() {
        byte[] body = SignedDelivery.jsonOf(BODY);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            SignedDelivery delivery = SignedDelivery.valid().body(body);
            answers.add(senders.submit(() -> receiver.send(delivery)));
        }
        return answers;
    }

    @Test
    void refusesBodiesBeyondTheBudget() throws Exception {
        receiver.intake().holdBack();
        List<Future<Answer>> pending = sendAllAtOnce();
        Eventually.holds(() -> assertThat(receiver.intake().messages().size() + receiver.counted(503, "budget-used-up"))
                .isEqualTo(DELIVERIES));
        assertThat(receiver.budgetUsed()).isLessThanOrEqualTo(3.0 * BODY);
        int kept = receiver.intake().messages().size();
        receiver.intake().answerHeldBack(Receipt.KEPT);
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : pending) {
            answers.add(answer.get());
        }
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(kept);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .hasSize(DELIVERIES - kept)
                .allSatisfy(answer -> {
                    assertThat(answer.reason()).isEqualTo("budget-used-up");
                    assertThat(answer.header("Retry-After")).isEqualTo("10");
                });
        assertThat(kept).isBetween(1, 3);
        Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
        receiver.intake().answerWith(Receipt.KEPT);
        assertThat(receiver.send(SignedDelivery.valid().body(SignedDelivery.jsonOf(BODY)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void declaredLengthAloneReservesNothing() throws Exception {
        List<Connection> declared = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            declared.add(receiver.connect()
                    .send(SignedDelivery.valid().declaring(BODY).head()));
        }
        assertThat(receiver.send(SignedDelivery.valid().body(SignedDelivery.jsonOf(BODY)))
                        .status())
                .isEqualTo(200);
        for (Connection connection : declared) {
            connection.close();
        }
        Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
    }

    @Test
    void reservesActualLengthOfChunkedBody() throws Exception {
        receiver.intake().holdBack();
        try (Connection connection = receiver.connect()) {
            connection.send(
                    SignedDelivery.valid().body(SignedDelivery.jsonOf(300_001)).chunked());
            Eventually.holds(() -> assertThat(receiver.intake().messages()).hasSize(1));
            assertThat(receiver.budgetUsed()).isEqualTo(300_001);
            receiver.intake().answerHeldBack(Receipt.KEPT);
            assertThat(connection.read().status()).isEqualTo(200);
        }
        assertThat(receiver.budgetUsed()).isZero();
    }
}
