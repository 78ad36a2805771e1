package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.chaos.ChaosSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs all operations concurrently. Afterwards, nothing is pending. */
class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 500;
    private static final int KEPT_MESSAGES = 10;

    private final SvixService svix = new SvixService(SvixSettings.of(InstantSource.system(), new SplittableRandom(9))
            .timeScale(10_000_000)
            .keptMessages(KEPT_MESSAGES)
            .chaos(ChaosSettings.some().seed(9).hold(Duration.ofMillis(5)).longest(Duration.ofMillis(5))));
    private final AtomicInteger deliveries = new AtomicInteger();

    @Test
    void leavesNothingPending() throws Exception {
        String app =
                svix.applications().create(Application.Settings.named("Busy")).id();
        List<String> endpoints = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String url = "http://127.0.0.1:1/" + i;
            svix.connect(URI.create(url), (headers, body) -> deliveries.incrementAndGet() % 3 == 0 ? 500 : 200);
            endpoints.add(svix.endpoints().create(app, EndpointSettings.to(url)).id());
        }
        svix.start();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            work.add(() -> work(app, endpoints, new SplittableRandom(seed)));
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdown();
        assertThat(svix.awaitIdle(Instant.MAX, Duration.ofSeconds(30))).isTrue();
        svix.close();
        // A message with pending work would be kept in addition to these messages.
        assertThat(svix.messages().list(app, Filter.ALL, PageQuery.first()).data())
                .hasSize(KEPT_MESSAGES);
        assertThat(deliveries.get()).isGreaterThan(ROUNDS);
        for (String endpoint : endpoints) {
            assertThat(svix.attempts()
                            .messagesOf(app, endpoint, Filter.ALL, PageQuery.first())
                            .data())
                    .extracting(Attempts.Standing::status)
                    .doesNotContain(AttemptStatus.PENDING, AttemptStatus.SENDING);
        }
    }

    private @Nullable Void work(String app, List<String> endpoints, SplittableRandom random) {
        for (int i = 0; i < ROUNDS; i++) {
            String message = svix.messages()
                    .create(app, NewMessage.of("user.created", "{}"))
                    .id();
            String endpoint = endpoints.get(random.nextInt(endpoints.size()));
            switch (random.nextInt(6)) {
                case 0 -> {
                    EndpointSettings settings =
                            svix.endpoints().get(app, endpoint).settings();
                    svix.endpoints().replace(app, endpoint, settings.disabled(!settings.disabled()));
                }
                case 1 -> resend(app, message, endpoint);
                case 2 -> svix.replays().replayMissing(app, endpoint, svix.now().minusSeconds(1), null);
                case 3 -> svix.replays().cancel(app, endpoint, svix.now());
                case 4 -> svix.runDue();
                default -> svix.attempts().ofEndpoint(app, endpoint, Filter.ALL, PageQuery.first());
            }
        }
        return null;
    }

    private void resend(String app, String message, String endpoint) {
        try {
            svix.attempts().resend(app, message, endpoint);
        } catch (SvixException e) {
            assertThat(e.status()).isEqualTo(404);
        }
    }
}
