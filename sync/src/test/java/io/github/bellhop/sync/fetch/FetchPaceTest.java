package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many go through in which time. */
class FetchPaceTest {
    private final ManualClock clock = new ManualClock();
    private final FetchPace pace = new FetchPace(FetchSettings.DEFAULT.withRate(4, 2), clock);

    private int through() {
        int count = 0;
        while (pace.take().isZero()) {
            count++;
        }
        return count;
    }

    @Test
    void letsABurstThroughAndThenTheRate() {
        assertThat(through()).isEqualTo(2);
        clock.advance(Duration.ofMillis(249));
        assertThat(pace.take()).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(through()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(through()).isEqualTo(2);
    }

    @Test
    void takesNothingBackWhenTheClockGoesBack() {
        assertThat(pace.take()).isZero();
        clock.advance(Duration.ofHours(-1));
        assertThat(through()).isEqualTo(1);
        clock.advance(Duration.ofMillis(250));
        assertThat(through()).isEqualTo(1);
    }

    @Test
    void keepsToTheLongerOfTwoPauses() {
        pace.pause(Duration.ofSeconds(9));
        pace.pause(Duration.ofSeconds(3));
        assertThat(pace.take()).isEqualTo(Duration.ofSeconds(9));
        clock.advance(Duration.ofSeconds(9));
        assertThat(pace.take()).isZero();
    }
}
