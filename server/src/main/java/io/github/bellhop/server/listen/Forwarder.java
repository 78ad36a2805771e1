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
 * Gives messages to the app: one at a time in a lane, in the order in which they came, and several lanes at once. While
 * nothing listens there a message is tried again a few times, and what comes in its lane waits behind it.
 */
public final class Forwarder {
    /** So many wait at most; then nothing more is taken from the source. */
    static final int MOST_WAITING = 256;

    private static final int AT_ONCE = 8;
    private static final int TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);

    private final Wire wire;
    private final Listening listening;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Map<String, Deque<Arrival>> lanes = new HashMap<>();
    private int waiting;

    /** A forwarder over this wire. */
    public Forwarder(Wire wire, Listening listening) {
        this.wire = wire;
        this.listening = listening;
    }

    /** Takes a message; waits while there is no room. After {@link #drain} it is let go of. */
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
            // A fault of ours, which is to be seen; what waits behind it goes on.
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
                // Behind the other lanes, so that none has all threads for itself.
                threads.execute(() -> work(lane));
            }
        }
    }

    private void forward(Arrival arrival) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int tried = 1; ; tried++) {
            SignedRequest request = arrival.request().get();
            WireAnswer answer = send(request);
            boolean nobody = WireAnswer.CONNECTION_REFUSED.equals(answer.error());
            if (!nobody || tried == TRIES || ending.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
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

    /** Whether nothing more is begun. */
    boolean isEnding() {
        return ending.getCount() == 0;
    }

    /**
     * Begins nothing more and waits for what is under way. Whoever waits in {@link #submit} is let go.
     *
     * @return how many messages came and were not forwarded
     */
    public int drain(Duration longest) throws InterruptedException {
        synchronized (lanes) {
            ending.countDown();
            threads.shutdown();
        }
        boolean unused = threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
        threads.shutdownNow();
        room.release(MOST_WAITING);
        synchronized (lanes) {
            return waiting;
        }
    }
}
