package io.github.bellhop.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests deliveries whose listener disconnects before it answers. */
class RelayDeliveryTest {
    private static final String TOKEN = "c_Ab3dE6gH9j";

    private final Relay relay = new Relay();
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();
    private final RelaySocket listener = new RelaySocket(relay, "127.0.0.1", pings);

    @AfterEach
    void end() {
        pings.shutdownNow();
    }

    @Test
    void findsNoListenerAfterItHasLeft() {
        assertThat(relay.enter(TOKEN, listener)).isTrue();
        assertThat(relay.begin(TOKEN)).isTrue();
        relay.leave(TOKEN, listener);
        assertThat(relay.deliver(TOKEN, "POST", Map.of(), new byte[0])).isEmpty();
    }

    @Test
    void failsAtOnceIfTheListenerLeaves() {
        relay.enter(TOKEN, listener);
        CompletableFuture<RelayFrame> answer =
                relay.deliver(TOKEN, "POST", Map.of(), new byte[0]).orElseThrow();
        assertThat(answer).isNotDone();
        relay.leave(TOKEN, listener);
        assertThat(answer).isCompletedExceptionally();
    }

    /** A delivery must not wait for the full timeout, since it would occupy a place in the relay. */
    @Test
    void doesNotWaitIfTheListenerLeavesDuringDelivery() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            relay.enter(TOKEN, listener);
            long pause = random.nextInt(20_000);
            CompletableFuture<Void> leaves = CompletableFuture.runAsync(() -> {
                long end = System.nanoTime() + pause;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                relay.leave(TOKEN, listener);
            });
            var answer = relay.deliver(TOKEN, "POST", Map.of(), new byte[0]);
            leaves.get(120, TimeUnit.SECONDS);
            answer.ifPresent(pending -> assertThat(pending).isCompletedExceptionally());
        }
    }
}
