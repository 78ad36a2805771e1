package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.receiver.ReceiverSettings.WrongLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverSettingsTest {
    private static WrongLimit wrong(long body, long budget, String bodyTimeout, String answerTimeout) {
        return ReceiverSettings.wrongLimit(body, budget, Duration.parse(bodyTimeout), Duration.parse(answerTimeout));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, PT0.001S, PT0.001S", "67108864, 67108864, PT10S, PT10S", "1024, 2048, PT1S, PT2S"})
    void findNothingWrong(long body, long budget, String bodyTimeout, String answerTimeout) {
        assertThat(wrong(body, budget, bodyTimeout, answerTimeout)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2048, PT1S, PT2S, body",
        "67108865, 99999999, PT1S, PT2S, body",
        "1024, 1023, PT1S, PT2S, budget",
        "1024, 2048, PT0S, PT2S, body-timeout",
        "1024, 2048, PT-1S, PT2S, body-timeout",
        "1024, 2048, PT1S, PT0.999S, answer-timeout"
    })
    void nameTheOneThatIsWrong(long body, long budget, String bodyTimeout, String answerTimeout, String setting) {
        assertThat(wrong(body, budget, bodyTimeout, answerTimeout).setting()).isEqualTo("bellhop.limits." + setting);
    }

    @Test
    void areGoodUnlessSet() {
        ReceiverSettings usual = ReceiverSettings.DEFAULT;
        assertThat(ReceiverSettings.wrongLimit(
                        usual.maxBodyBytes(), usual.budgetBytes(), usual.bodyTimeout(), usual.answerTimeout()))
                .isNull();
    }
}
