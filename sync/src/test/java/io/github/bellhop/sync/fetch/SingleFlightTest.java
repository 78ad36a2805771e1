package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import io.github.bellhop.sync.fetch.Fetched.Kind;
import io.github.bellhop.sync.mirror.EntityKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One caller fetches, and the others wait for its result. */
class SingleFlightTest {
    private static final EntityKey KEY = new EntityKey("user", "user_1");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch fetching = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final SingleFlight singleFlight = new SingleFlight();

    @AfterEach
    void close() {
        finish.countDown();
        threads.shutdownNow();
    }

    private Fetched fetchSlowly(Kind result) {
        fetching.countDown();
        try {
            assertThat(finish.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return Fetched.of(result);
    }

    private Future<Fetched> first(Kind result) throws InterruptedException {
        Future<Fetched> first = threads.submit(() -> singleFlight.run(KEY, () -> fetchSlowly(result)));
        assertThat(fetching.await(20, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    @Test
    void waitingCallerFetchesAfterInterruption() throws Exception {
        Future<Fetched> first = first(Kind.INTERRUPTED);
        Future<Fetched> second = threads.submit(() -> singleFlight.run(KEY, () -> Fetched.of(Kind.MIRRORED)));
        finish.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(second.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.MIRRORED);
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        Future<Fetched> first = first(Kind.MIRRORED);
        Thread.currentThread().interrupt();
        Fetched result = singleFlight.run(KEY, () -> fail("another fetch is running"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(FetchException.of(result, "user_1").code()).isEqualTo("fetch-interrupted");
        finish.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.MIRRORED);
    }

    @Test
    void doesNotBlockOtherEntityOrRetryAfterFailure() throws Exception {
        Future<Fetched> first = first(Kind.MIRRORED);
        EntityKey other = new EntityKey("organization", "user_1");
        assertThatIllegalStateException()
                .isThrownBy(() -> singleFlight.run(other, () -> {
                    throw new IllegalStateException("test fault");
                }));
        assertThat(singleFlight.run(other, () -> Fetched.of(Kind.MISSING)).kind())
                .isEqualTo(Kind.MISSING);
        assertThat(first.isDone()).isFalse();
    }
}
