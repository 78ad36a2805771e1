package io.github.bellhop.simulator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RandomGenerator MIDDLE = fixed(0.5);

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT10H"})
    void waitsLikeSvix(int attempts, Duration wait) {
        assertThat(new RetrySchedule(MIDDLE, 1).waitAfter(attempts, null, NOW)).isEqualTo(wait);
    }

    @Test
    void endsWithTheEighthAttempt() {
        assertThat(new RetrySchedule(MIDDLE, 1).waitAfter(8, null, NOW)).isNull();
    }

    @Test
    void variesWaitsByUpToAFifth() {
        RetrySchedule schedule = new RetrySchedule(new SplittableRandom(1), 1);
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 10_000; i++) {
            Duration wait = schedule.waitAfter(2, null, NOW);
            assertThat(wait).isBetween(Duration.ofSeconds(240), Duration.ofSeconds(360));
            least = wait.compareTo(least) < 0 ? wait : least;
            most = wait.compareTo(most) > 0 ? wait : most;
        }
        assertThat(least).isLessThan(Duration.ofSeconds(242));
        assertThat(most).isGreaterThan(Duration.ofSeconds(358));
    }

    @Test
    void includesTheBoundsOfTheJitter() {
        assertThat(new RetrySchedule(fixed(0), 1).waitAfter(1, null, NOW)).isEqualTo(Duration.ofSeconds(4));
        assertThat(new RetrySchedule(fixed(Math.nextDown(1.0)), 1).waitAfter(1, null, NOW))
                .isBetween(Duration.ofMillis(5_999), Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @CsvSource({
        "400, PT400S",
        "400.2, PT401S",
        "10, PT5M",
        "0, PT5M",
        "100000, PT10M",
        "'Sun, 01 Mar 2026 12:07:00 GMT', PT7M",
        "'Sun, 01 Mar 2026 11:00:00 GMT', PT5M",
        "'Sun, 01 Mar 2026 18:00:00 GMT', PT10M",
        "soon, PT5M",
        "-5, PT5M",
        "1e9, PT5M"
    })
    void limitsRetryAfterToBetweenOneAndTwoWaits(String retryAfter, Duration wait) {
        assertThat(new RetrySchedule(MIDDLE, 1).waitAfter(2, retryAfter, NOW)).isEqualTo(wait);
    }

    @Test
    void scalesTheSchedule() {
        RetrySchedule schedule = new RetrySchedule(MIDDLE, 3600);
        assertThat(schedule.waitAfter(6, null, NOW)).isEqualTo(Duration.ofSeconds(10));
        assertThat(schedule.scaled(Duration.ofDays(5))).isEqualTo(Duration.ofSeconds(120));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsInvalidTimeScales(double scale) {
        assertThatThrownBy(() -> new RetrySchedule(MIDDLE, scale)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RandomGenerator fixed(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
