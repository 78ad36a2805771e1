package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.Wire;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the order per entity, concurrency across entities, and that no message is lost silently. */
@Timeout(300)
class ForwarderTest {
    private static final URI APP = URI.create("http://127.0.0.1:1/");
    private static final Duration LONG = Duration.ofSeconds(120);

    /** The ids of the messages sent to the app, in the order in which sending began. */
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    private final Recorder recorder = new Recorder();

    private static final class Recorder implements Listening {
        private final List<String> results = Collections.synchronizedList(new ArrayList<>());
        private volatile CountDownLatch expected = new CountDownLatch(0);

        @Override
        public void connected() {}

        @Override
        public void lost(String why) {}

        @Override
        public void relayAt(String address) {}

        @Override
        public void expired(String messageId, @Nullable String type, @Nullable String entityId) {}

        @Override
        public void forwarded(Arrival arrival, SignedRequest request, WireAnswer answer) {
            results.add(arrival.messageId() + " " + answer.status() + " " + answer.error());
            expected.countDown();
        }
    }

    private static Arrival arrival(String id, @Nullable String entity) {
        SignedRequest request = SignedRequest.received(APP, Map.of("svix-id", id), new byte[0]);
        return new Arrival(id, "user.updated", entity, entity == null ? id : entity, null, () -> request, answer -> {});
    }

    private static WireAnswer answer(int status, @Nullable String error) {
        return new WireAnswer(status, Map.of(), "", error, Duration.ZERO);
    }

    private Wire wire(Wire inner) {
        return request -> {
            sent.add(request.headers().get("svix-id"));
            return inner.send(request);
        };
    }

    @Test
    void keepsOrderPerEntityAndForwardsEntitiesConcurrently() throws Exception {
        CompletableFuture<WireAnswer> first = new CompletableFuture<>();
        Wire wire = wire(request -> request.headers().get("svix-id").equals("a1")
                ? first
                : CompletableFuture.completedFuture(answer(200, null)));
        Forwarder forwarder = new Forwarder(wire, recorder);
        recorder.expected = new CountDownLatch(3);
        for (Arrival arrival : List.of(
                arrival("a1", "a"), arrival("a2", "a"), arrival("b1", "b"), arrival("b2", "b"), arrival("c", null))) {
            forwarder.submit(arrival);
        }
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        // The first message of entity a has no answer yet, so the second one must wait; the other entities are done.
        assertThat(sent).contains("a1", "b1", "b2", "c").doesNotContain("a2");
        assertThat(sent.indexOf("b1")).isLessThan(sent.indexOf("b2"));
        recorder.expected = new CountDownLatch(2);
        first.complete(answer(500, null));
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.results).endsWith("a1 500 null", "a2 200 null");
        assertThat(forwarder.drain(LONG)).isZero();
    }

    @Test
    void keepsOrderPerEntityUnderLoad() throws Exception {
        int messages = 2000;
        Random random = new Random(7);
        Forwarder forwarder =
                new Forwarder(wire(request -> CompletableFuture.completedFuture(answer(200, null))), recorder);
        recorder.expected = new CountDownLatch(messages);
        for (int i = 0; i < messages; i++) {
            String entity = "e" + random.nextInt(20);
            forwarder.submit(arrival(entity + "/" + i, entity));
        }
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        for (int entity = 0; entity < 20; entity++) {
            String prefix = "e" + entity + "/";
            assertThat(sent.stream()
                            .filter(id -> id.startsWith(prefix))
                            .map(id -> Integer.valueOf(id.substring(prefix.length()))))
                    .isSorted()
                    .isNotEmpty();
        }
        assertThat(forwarder.drain(LONG)).isZero();
    }

    @Test
    void retriesRefusedConnectionsThenReportsThem() throws Exception {
        Forwarder forwarder = new Forwarder(
                wire(request -> CompletableFuture.completedFuture(
                        request.headers().get("svix-id").equals("up") && sent.size() > 2
                                ? answer(200, null)
                                : answer(0, WireAnswer.CONNECTION_REFUSED))),
                recorder);
        recorder.expected = new CountDownLatch(1);
        forwarder.submit(arrival("up", "a"));
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(sent).containsExactly("up", "up", "up");
        recorder.expected = new CountDownLatch(1);
        forwarder.submit(arrival("down", "a"));
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.results).containsExactly("up 200 null", "down 0 connection-refused");
        assertThat(sent).hasSize(8);
        assertThat(forwarder.drain(LONG)).isZero();
    }

    @Test
    void continuesWithAnEntityAfterAnError() throws Exception {
        Forwarder forwarder = new Forwarder(
                wire(request -> {
                    if (request.headers().get("svix-id").equals("a1")) {
                        throw new NoClassDefFoundError("on purpose");
                    }
                    return CompletableFuture.completedFuture(answer(200, null));
                }),
                recorder);
        recorder.expected = new CountDownLatch(1);
        forwarder.submit(arrival("a1", "a"));
        forwarder.submit(arrival("a2", "a"));
        assertThat(recorder.expected.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.results).containsExactly("a2 200 null");
        assertThat(forwarder.drain(LONG)).as("messages left").isZero();
    }

    @Test
    void drainWaitsOnlyForMessagesInProgress() throws Exception {
        CompletableFuture<WireAnswer> slow = new CompletableFuture<>();
        CountDownLatch underWay = new CountDownLatch(1);
        Forwarder forwarder = new Forwarder(
                wire(request -> {
                    underWay.countDown();
                    return slow;
                }),
                recorder);
        forwarder.submit(arrival("a1", "a"));
        forwarder.submit(arrival("a2", "a"));
        assertThat(underWay.await(120, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> {
            try {
                return forwarder.drain(LONG);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        while (!forwarder.isEnding()) {
            Thread.onSpinWait();
        }
        slow.complete(answer(200, null));
        assertThat(left.get(120, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(recorder.results).containsExactly("a1 200 null");
    }

    @Test
    void drainStopsWaitingAfterTheTimeout() throws Exception {
        Forwarder forwarder = new Forwarder(wire(request -> new CompletableFuture<>()), recorder);
        forwarder.submit(arrival("a1", "a"));
        assertThat(forwarder.drain(Duration.ofMillis(50))).isEqualTo(1);
        assertThat(recorder.results).isEmpty();
    }
}
