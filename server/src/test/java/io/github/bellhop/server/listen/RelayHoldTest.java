package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayHoldTest {
    private final AtomicInteger kept = new AtomicInteger(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RelayHold hold = new RelayHold(
            new RelayClient.Tokens() {
                @Override
                public String current() {
                    return "token-" + kept.get();
                }

                @Override
                public void renew() {
                    kept.incrementAndGet();
                }
            },
            () -> now);

    @Test
    void takesATokenInUseForItsOwnOnlyForAWhileAfterABreak() {
        assertThat(hold.mayBeOurs()).isFalse();
        hold.lost();
        now = now.plus(RelayHold.LONGEST).minusMillis(1);
        assertThat(hold.mayBeOurs()).isTrue();
        now = now.plusMillis(1);
        assertThat(hold.mayBeOurs()).isFalse();
        // A server of the first version notices after 90 seconds.
        assertThat(RelayHold.LONGEST).hasSeconds(120);
    }

    @Test
    void keepsItsTokenThoughAnotherClientRenewedTheSharedOne() {
        assertThat(hold.token()).isEqualTo("token-1");
        kept.set(7);
        assertThat(hold.token()).isEqualTo("token-1");
        hold.lost();
        hold.renew();
        assertThat(hold.token()).isEqualTo("token-8");
        assertThat(hold.mayBeOurs()).isFalse();
    }
}
