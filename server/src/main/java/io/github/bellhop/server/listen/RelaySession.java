package io.github.bellhop.server.listen;

import io.github.bellhop.server.feed.RelayFrame;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection to a relay. */
final class RelaySession implements WebSocket.Listener {
    static final int TOKEN_IN_USE = 1008;

    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

    private final RelayClient client;
    private final String token;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock sending = new ReentrantLock();
    private volatile @Nullable WebSocket socket;
    private volatile long lastReceived = System.nanoTime();
    private volatile int closedWith;
    private volatile boolean started;

    /** Creates a connection that receives the deliveries of a token for its client. */
    RelaySession(RelayClient client, String token) {
        this.client = client;
        this.token = token;
    }

    void begin(WebSocket opened) {
        socket = opened;
        send(RelayFrame.start(token));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            take(whole);
        } else if (text.length() > MAX_FRAME_BYTES) {
            from.abort();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            String whole = bytes.toString(StandardCharsets.UTF_8);
            bytes.reset();
            take(whole);
        } else if (bytes.size() > MAX_FRAME_BYTES) {
            from.abort();
        }
        from.request(1);
        return null;
    }

    private void take(String whole) {
        lastReceived = System.nanoTime();
        RelayFrame frame = RelayFrame.parse(whole);
        if (frame == null) {
            return;
        }
        try {
            if (frame.id() == null) {
                started = true;
                client.connected(token);
            } else {
                client.take(this, frame);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        lastReceived = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        lastReceived = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closedWith = status;
        ended.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable broken) {
        ended.countDown();
    }

    /** Sends the app's answer. If the connection is lost, the relay has already answered Svix. */
    void reply(RelayFrame frame) {
        send(frame);
    }

    /** Sends one frame at a time: a WebSocket accepts the next one only after the previous one is sent. */
    private void send(RelayFrame frame) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        sending.lock();
        try {
            CompletableFuture<WebSocket> sent = open.sendText(frame.text(), true);
            WebSocket unused = sent.orTimeout(20, TimeUnit.SECONDS).join();
        } catch (RuntimeException gone) {
            ended.countDown();
        } finally {
            sending.unlock();
        }
    }

    void ping() {
        WebSocket open = socket;
        if (open != null) {
            CompletableFuture<WebSocket> unused = open.sendPing(ByteBuffer.allocate(0));
        }
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastReceived);
    }

    /** Whether the relay accepted the token. */
    boolean isStarted() {
        return started;
    }

    int closedWith() {
        return closedWith;
    }

    /** Sends a close frame, so that the relay releases the token at once, and waits briefly until it is sent. */
    void close() {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        try {
            CompletableFuture<WebSocket> sent = open.sendClose(WebSocket.NORMAL_CLOSURE, "");
            WebSocket unused = sent.orTimeout(1, TimeUnit.SECONDS).join();
        } catch (RuntimeException gone) {
            // The relay will detect the closed connection later.
        } finally {
            open.abort();
        }
    }
}
