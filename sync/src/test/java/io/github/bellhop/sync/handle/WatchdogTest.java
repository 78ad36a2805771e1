package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A late run is always ended. */
class WatchdogTest {
    @Test
    void endsLateRunOnceThreadCanBeCreated() throws Exception {
        AtomicInteger threads = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        try (Watchdog watchdog = new Watchdog(task -> {
            if (threads.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return RunEnvironment.daemons().newThread(task);
        })) {
            assertThat(watchdog.schedule(Duration.ZERO, ended::countDown)).isNotNull();
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
