package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.InvalidSettingException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverSettingsTest {
    private static ReceiverSettings of(long body, long budget, String bodyTimeout, String answerTimeout) {
        return ReceiverSettings.of(
                body, budget, Duration.parse(bodyTimeout), Duration.parse(answerTimeout), InstantSource.system());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, PT0.001S, PT0.001S", "67108864, 67108864, PT10S, PT10S", "1024, 2048, PT1S, PT2S"})
    void acceptsValidLimits(long body, long budget, String bodyTimeout, String answerTimeout) {
        ReceiverSettings settings = of(body, budget, bodyTimeout, answerTimeout);
        assertThat(settings.maxBodyBytes()).isEqualTo(Math.toIntExact(body));
        assertThat(settings.retryAfter()).isEqualTo(ReceiverSettings.DEFAULT.retryAfter());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2048, PT1S, PT2S, body",
        "67108865, 99999999, PT1S, PT2S, body",
        // As an int, this value would be 1.
        "4294967297, 4294967297, PT1S, PT2S, body",
        "1024, 1023, PT1S, PT2S, budget",
        "1024, 2048, PT0S, PT2S, body-timeout",
        "1024, 2048, PT-1S, PT2S, body-timeout",
        "1024, 2048, PT1S, PT0.999S, answer-timeout"
    })
    void namesInvalidLimit(long body, long budget, String bodyTimeout, String answerTimeout, String setting) {
        assertThatThrownBy(() -> of(body, budget, bodyTimeout, answerTimeout))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        invalid -> assertThat(invalid.setting()).isEqualTo("bellhop.limits." + setting));
    }
}
