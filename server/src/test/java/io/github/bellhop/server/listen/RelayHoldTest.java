package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayHoldTest {
    private final AtomicInteger stored = new AtomicInteger(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RelayHold hold = new RelayHold(
            new RelayClient.Tokens() {
                @Override
                public String current() {
                    return "token-" + stored.get();
                }

                @Override
                public void renew() {
                    stored.incrementAndGet();
                }
            },
            () -> now);

    @Test
    void assumesOwnStaleConnectionForALimitedTime() {
        assertThat(hold.mayBeOurs()).isFalse();
        hold.lost();
        now = now.plus(RelayHold.MAX_STALE).minusMillis(1);
        assertThat(hold.mayBeOurs()).isTrue();
        now = now.plusMillis(1);
        assertThat(hold.mayBeOurs()).isFalse();
        // A server of the first version detects a lost connection after 90 seconds.
        assertThat(RelayHold.MAX_STALE).hasSeconds(120);
    }

    @Test
    void keepsItsTokenAfterAnotherClientRenewsTheSharedOne() {
        assertThat(hold.token()).isEqualTo("token-1");
        stored.set(7);
        assertThat(hold.token()).isEqualTo("token-1");
        hold.lost();
        hold.renew();
        assertThat(hold.token()).isEqualTo("token-8");
        assertThat(hold.mayBeOurs()).isFalse();
    }
}
