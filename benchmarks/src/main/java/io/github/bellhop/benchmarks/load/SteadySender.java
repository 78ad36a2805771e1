package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Workload.Message;
import io.github.bellhop.signature.MessageSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends signed deliveries at a steady rate, each on a new connection, as Svix may do. */
final class SteadySender {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int AT_ONCE = 64;

    private final int port;
    private final MessageSigner signer;

    SteadySender(int port, MessageSigner signer) {
        this.port = port;
        this.signer = signer;
    }

    /**
     * The results.
     *
     * @param nanos  the duration of each delivery, from its due time to its answer or failure
     * @param failed the number of deliveries that were not answered with 200
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once
    record Result(long[] nanos, int failed) {}

    /** Sends deliveries for the given time; returns when every delivery has been answered or has failed. */
    Result send(int perSecond, int seconds) throws InterruptedException {
        List<Message> messages = Workload.of(perSecond * seconds, 0).messages();
        long[] nanos = new long[messages.size()];
        AtomicInteger failed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        long start = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            int number = i;
            long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            threads.execute(() -> {
                if (!isKept(messages.get(number))) {
                    failed.incrementAndGet();
                }
                nanos[number] = System.nanoTime() - due;
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Some deliveries did not finish in time.");
        }
        return new Result(nanos, failed.get());
    }

    private boolean isKept(Message message) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.getOutputStream().write(Generator.request(message, signer));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException broken) {
            return false;
        }
    }
}
