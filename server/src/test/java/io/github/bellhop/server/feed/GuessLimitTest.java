package io.github.bellhop.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often the operator's password can be guessed. */
class GuessLimitTest {
    private long now;
    private final GuessLimit limit = new GuessLimit(() -> now);

    private boolean guess(String address) {
        boolean looked = limit.begin(address);
        if (looked) {
            limit.end(address, false);
        }
        return looked;
    }

    private boolean enter(String address) {
        boolean looked = limit.begin(address);
        if (looked) {
            limit.end(address, true);
        }
        return looked;
    }

    @Test
    void refusesAnAddressAfterTooManyGuesses() {
        for (int i = 0; i < GuessLimit.PER_ADDRESS; i++) {
            assertThat(guess("192.0.2.66")).isTrue();
        }
        assertThat(enter("192.0.2.66")).isFalse();
        assertThat(enter("192.0.2.1")).isTrue();
        now += GuessLimit.WINDOW.toNanos();
        assertThat(enter("192.0.2.66")).isTrue();
    }

    @Test
    void countsGuessesThatAreUnderWay() {
        for (int i = 0; i < GuessLimit.PER_ADDRESS; i++) {
            assertThat(limit.begin("192.0.2.66")).isTrue();
        }
        assertThat(limit.begin("192.0.2.66")).isFalse();
    }

    @Test
    void doesNotCountTheRightPassword() {
        for (int i = 0; i < 10 * GuessLimit.OVERALL; i++) {
            assertThat(enter("192.0.2.1")).isTrue();
        }
    }

    @Test
    void refusesManyAddressesButThoseThatWereRight() {
        assertThat(enter("192.0.2.1")).isTrue();
        int looked = 0;
        for (int i = 0; i < 3 * GuessLimit.OVERALL; i++) {
            looked += guess("198.51.100." + i) ? 1 : 0;
        }
        assertThat(looked).isEqualTo(GuessLimit.OVERALL);
        assertThat(enter("192.0.2.1")).isTrue();
        assertThat(enter("192.0.2.2")).isFalse();
    }
}
