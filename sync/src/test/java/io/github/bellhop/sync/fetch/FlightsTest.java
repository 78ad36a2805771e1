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

/** One goes, the others wait. */
class FlightsTest {
    private static final EntityKey KEY = new EntityKey("user", "user_1");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch flying = new CountDownLatch(1);
    private final CountDownLatch landing = new CountDownLatch(1);
    private final Flights flights = new Flights();

    @AfterEach
    void close() {
        landing.countDown();
        threads.shutdownNow();
    }

    private Fetched slowly(Kind brought) {
        flying.countDown();
        try {
            assertThat(landing.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return Fetched.of(brought);
    }

    private Future<Fetched> first(Kind brought) throws InterruptedException {
        Future<Fetched> first = threads.submit(() -> flights.join(KEY, () -> slowly(brought)));
        assertThat(flying.await(20, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    @Test
    void leavesItToAnotherIfWhoWentWasInterrupted() throws Exception {
        Future<Fetched> first = first(Kind.INTERRUPTED);
        Future<Fetched> second = threads.submit(() -> flights.join(KEY, () -> Fetched.of(Kind.MIRRORED)));
        landing.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(second.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.MIRRORED);
    }

    @Test
    void waitsNoLongerWhenInterrupted() throws Exception {
        Future<Fetched> first = first(Kind.MIRRORED);
        Thread.currentThread().interrupt();
        Fetched brought = flights.join(KEY, () -> fail("there is one under way"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(FetchException.of(brought, "user_1").code()).isEqualTo("fetch-interrupted");
        landing.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.MIRRORED);
    }

    @Test
    void holdsNobodyUpForAnotherEntityOrAfterAFault() throws Exception {
        Future<Fetched> first = first(Kind.MIRRORED);
        EntityKey other = new EntityKey("organization", "user_1");
        assertThatIllegalStateException()
                .isThrownBy(() -> flights.join(other, () -> {
                    throw new IllegalStateException("a fault of the test");
                }));
        assertThat(flights.join(other, () -> Fetched.of(Kind.MISSING)).kind()).isEqualTo(Kind.MISSING);
        assertThat(first.isDone()).isFalse();
    }
}
