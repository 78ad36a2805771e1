package io.github.bellhop.server.trigger;

import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sends messages over several connections at once, as fast as the receiver answers or at a given rate. */
public final class TriggerRun {
    public static final double HIGHEST_RATE = 1_000_000;

    private static final int CONNECTIONS = 8;

    private final EventSender sender;
    private final Messages messages;
    private final BiConsumer<OutgoingMessage, WireAnswer> results;

    /** Makes the messages of a run. */
    @FunctionalInterface
    public interface Messages {
        /** The next message. */
        OutgoingMessage next() throws InterruptedException;
    }

    /**
     * Creates a run.
     *
     * @param messages called on the thread of {@link #send}, once per message and just before it is sent
     * @param results  called from several threads concurrently
     */
    public TriggerRun(EventSender sender, Messages messages, BiConsumer<OutgoingMessage, WireAnswer> results) {
        this.sender = sender;
        this.messages = messages;
        this.results = results;
    }

    /**
     * Sends messages and waits for all answers.
     *
     * @param count how many messages to send
     * @param rate messages per second; null for no limit. If the receiver is slower, the run falls behind
     */
    public void send(int count, @Nullable Double rate) throws InterruptedException {
        Semaphore free = new Semaphore(CONNECTIONS);
        ExecutorService connections = Executors.newFixedThreadPool(Math.min(CONNECTIONS, count));
        try {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (rate != null) {
                    long due = start + (long) (i / rate * TimeUnit.SECONDS.toNanos(1));
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
                free.acquire();
                OutgoingMessage message = messages.next();
                connections.execute(() -> deliver(message, free));
            }
            free.acquire(CONNECTIONS);
        } finally {
            connections.shutdownNow();
        }
    }

    private void deliver(OutgoingMessage message, Semaphore free) {
        try {
            results.accept(message, sender.send(message));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }
}
