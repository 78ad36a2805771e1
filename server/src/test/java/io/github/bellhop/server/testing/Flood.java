package io.github.bellhop.server.testing;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens many concurrent connections on one thread, and sends a delivery with the same body on each. */
public final class Flood {
    private static final long HALF_WAY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final URI target;
    private final MessageSigner signer;
    private final byte[] body;
    private final List<String> answered = new ArrayList<>();
    private int closed;

    /**
     * The result of a flood.
     *
     * @param problems   the text of each answer
     * @param closed     the number of connections closed without an answer
     * @param unanswered the number of connections that were neither answered nor closed
     */
    public record Answers(List<String> problems, int closed, int unanswered) {}

    private static final class Connection {
        private final ByteBuffer[] rest;
        private final ByteBuffer answer = ByteBuffer.allocate(2048);

        Connection(byte[] head, byte[] body) {
            rest = new ByteBuffer[] {ByteBuffer.wrap(head), ByteBuffer.wrap(body)};
        }

        boolean hasSentAll() {
            return !rest[1].hasRemaining();
        }
    }

    public Flood(URI target, String secret, byte[] body) {
        this.target = target;
        this.signer = MessageSigner.with(SigningSecret.parse(secret));
        this.body = body;
    }

    /**
     * Sends all deliveries and waits for the answers.
     *
     * @param timeout   the maximum time to wait
     * @param meanwhile the action to run once while deliveries are in progress
     */
    public Answers send(int connections, Duration timeout, Runnable meanwhile) throws IOException {
        long start = System.nanoTime();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                connect(selector, i);
            }
            boolean hasRun = false;
            while (!selector.keys().isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
                selector.select(key -> proceed(key), 100);
                selector.selectNow();
                if (!hasRun
                        && (System.nanoTime() - start > HALF_WAY_NANOS || answered.size() + closed > connections / 4)) {
                    hasRun = true;
                    meanwhile.run();
                }
            }
            int unanswered = selector.keys().size();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Answers(answered, closed, unanswered);
        }
    }

    private void connect(Selector selector, int number) throws IOException {
        String id = "msg_flood_" + number;
        long timestamp = System.currentTimeMillis() / 1000;
        String head = "POST " + target.getPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\nsvix-id: " + id + "\r\nsvix-timestamp: " + timestamp
                + "\r\nsvix-signature: " + signer.sign(id, timestamp, body) + "\r\n\r\n";
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        channel.register(
                selector, SelectionKey.OP_CONNECT, new Connection(head.getBytes(StandardCharsets.US_ASCII), body));
    }

    private void proceed(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            if (key.isReadable() && hasAnswer(channel, connection)) {
                end(key, connection);
                return;
            }
            if (key.isWritable()) {
                channel.write(connection.rest);
                if (connection.hasSentAll()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
        } catch (IOException reset) {
            end(key, connection);
        }
    }

    private static boolean hasAnswer(SocketChannel channel, Connection connection) throws IOException {
        return channel.read(connection.answer) < 0 || text(connection).endsWith("}");
    }

    private static String text(Connection connection) {
        return new String(connection.answer.array(), 0, connection.answer.position(), StandardCharsets.US_ASCII);
    }

    private void end(SelectionKey key, Connection connection) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException ignored) {
            // The connection is no longer needed.
        }
        if (connection.answer.position() == 0) {
            closed++;
        } else {
            answered.add(text(connection));
        }
    }
}
