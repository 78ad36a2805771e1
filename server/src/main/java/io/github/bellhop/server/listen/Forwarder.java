package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.Wire;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Forwards messages to the app: one at a time and in order of arrival within a lane, and several lanes concurrently. If
 * nothing listens at the app's address, a message is retried a few times while the rest of its lane waits.
 */
public final class Forwarder {
    /** While this many messages wait, nothing more is read from the source. */
    static final int MAX_WAITING = 256;

    private static final int THREADS = 8;
    private static final int TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);

    private final Wire wire;
    private final Listening listening;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Map<String, Deque<Arrival>> lanes = new HashMap<>();
    private int waiting;

    /** Creates a forwarder that sends with {@code wire}. */
    public Forwarder(Wire wire, Listening listening) {
        this.wire = wire;
        this.listening = listening;
    }

    /** Queues a message; waits while the queue is full. After {@link #drain}, the message is not forwarded. */
    public void submit(Arrival arrival) throws InterruptedException {
        room.acquire();
        String lane = arrival.lane();
        synchronized (lanes) {
            waiting++;
            Deque<Arrival> queue = lanes.get(lane);
            if (queue != null) {
                queue.add(arrival);
                return;
            }
            queue = new ArrayDeque<>();
            queue.add(arrival);
            lanes.put(lane, queue);
            if (!isEnding()) {
                threads.execute(() -> work(lane));
            }
        }
    }

    private void work(String lane) {
        Arrival arrival;
        synchronized (lanes) {
            if (isEnding()) {
                return;
            }
            arrival = lanes.getOrDefault(lane, new ArrayDeque<>()).element();
        }
        try {
            forward(arrival);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException | Error fault) {
            // A fault in Bellhop must stay visible, but the rest of the lane continues.
            next(lane);
            throw fault;
        }
        next(lane);
    }

    private void next(String lane) {
        synchronized (lanes) {
            waiting--;
            room.release();
            Deque<Arrival> queue = lanes.getOrDefault(lane, new ArrayDeque<>());
            queue.remove();
            if (queue.isEmpty()) {
                lanes.remove(lane);
            } else if (!isEnding()) {
                // Queued after the other lanes, so that no lane occupies all threads.
                threads.execute(() -> work(lane));
            }
        }
    }

    private void forward(Arrival arrival) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int tried = 1; ; tried++) {
            SignedRequest request = arrival.request().get();
            WireAnswer answer = send(request);
            boolean refused = WireAnswer.CONNECTION_REFUSED.equals(answer.error());
            if (!refused || tried == TRIES || ending.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                arrival.reply().accept(answer);
                listening.forwarded(arrival, request, answer);
                return;
            }
            wait = wait.multipliedBy(2);
        }
    }

    private WireAnswer send(SignedRequest request) throws InterruptedException {
        try {
            return wire.send(request).get();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** Whether {@link #drain} was called. */
    boolean isEnding() {
        return ending.getCount() == 0;
    }

    /**
     * Forwards no further messages, and waits for those in progress. Threads that wait in {@link #submit} return.
     *
     * @return the number of messages that arrived and were not forwarded
     */
    public int drain(Duration timeout) throws InterruptedException {
        synchronized (lanes) {
            ending.countDown();
            threads.shutdown();
        }
        boolean unused = threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        threads.shutdownNow();
        room.release(MAX_WAITING);
        synchronized (lanes) {
            return waiting;
        }
    }
}
