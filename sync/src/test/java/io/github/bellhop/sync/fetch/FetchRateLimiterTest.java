package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchRateLimiterTest {
    private final ManualClock clock = new ManualClock();
    private final FetchRateLimiter limiter = new FetchRateLimiter(FetchSettings.DEFAULT.withRate(4, 2), clock);

    private int takeAll() {
        int count = 0;
        while (limiter.take().isZero()) {
            count++;
        }
        return count;
    }

    @Test
    void allowsBurstAndThenRate() {
        assertThat(takeAll()).isEqualTo(2);
        clock.advance(Duration.ofMillis(249));
        assertThat(limiter.take()).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(takeAll()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(takeAll()).isEqualTo(2);
    }

    @Test
    void keepsTokensWhenClockGoesBack() {
        assertThat(limiter.take()).isZero();
        clock.advance(Duration.ofHours(-1));
        assertThat(takeAll()).isEqualTo(1);
        clock.advance(Duration.ofMillis(250));
        assertThat(takeAll()).isEqualTo(1);
    }

    @Test
    void keepsLongerOfTwoPauses() {
        limiter.pause(Duration.ofSeconds(9));
        limiter.pause(Duration.ofSeconds(3));
        assertThat(limiter.take()).isEqualTo(Duration.ofSeconds(9));
        clock.advance(Duration.ofSeconds(9));
        assertThat(limiter.take()).isZero();
    }
}
