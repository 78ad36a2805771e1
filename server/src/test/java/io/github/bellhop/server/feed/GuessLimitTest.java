package io.github.bellhop.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests how often the operator's password can be guessed. */
class GuessLimitTest {
    private long now;
    private final GuessLimit limit = new GuessLimit(() -> now);

    private boolean guess(String address) {
        boolean allowed = limit.begin(address);
        if (allowed) {
            limit.end(address, false);
        }
        return allowed;
    }

    private boolean enter(String address) {
        boolean allowed = limit.begin(address);
        if (allowed) {
            limit.end(address, true);
        }
        return allowed;
    }

    @Test
    void rejectsAnAddressAfterTooManyGuesses() {
        for (int i = 0; i < GuessLimit.PER_ADDRESS; i++) {
            assertThat(guess("192.0.2.66")).isTrue();
        }
        assertThat(enter("192.0.2.66")).isFalse();
        assertThat(enter("192.0.2.1")).isTrue();
        now += GuessLimit.WINDOW.toNanos();
        assertThat(enter("192.0.2.66")).isTrue();
    }

    @Test
    void countsGuessesInProgress() {
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
    void overallLimitSparesAddressesWithAnEarlierSuccess() {
        assertThat(enter("192.0.2.1")).isTrue();
        int allowed = 0;
        for (int i = 0; i < 3 * GuessLimit.OVERALL; i++) {
            allowed += guess("198.51.100." + i) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(GuessLimit.OVERALL);
        assertThat(enter("192.0.2.1")).isTrue();
        assertThat(enter("192.0.2.2")).isFalse();
    }
}
