package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Workload.Message;
import io.github.bellhop.signature.MessageSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages over a number of persistent connections, with one request in flight on each, and checks every answer.
 * Uses one thread and signs requests before the clock starts, because it shares the machine with the receiver.
 */
final class Generator {
    /** How long the generator sleeps when idle; latencies are accurate to about twice this time. */
    private static final long STEP_NANOS = 100_000;

    private final int port;
    private final MessageSigner signer;
    private final int connections;

    Generator(int port, MessageSigner signer, int connections) {
        this.port = port;
        this.signer = signer;
        this.connections = connections;
    }

    /**
     * The result of a run.
     *
     * @param acknowledged the number of answers with status 200
     * @param others       the number of other answers
     * @param seconds      the time from the first request to the last answer
     * @param p50Millis    the median latency
     * @param p99Millis    the 99th percentile of the latency
     */
    record Result(int acknowledged, int others, double seconds, double p50Millis, double p99Millis) {
        double rate() {
            return acknowledged / seconds;
        }
    }

    /** Sends the messages as fast as they are answered. */
    Result run(List<Message> messages) throws IOException {
        return run(messages, 0);
    }

    /**
     * Sends the messages at a steady rate. Latency is measured from the time at which a message was due.
     *
     * @param perSecond messages per second; 0 for no limit
     */
    Result run(List<Message> messages, double perSecond) throws IOException {
        List<byte[]> requests =
                messages.stream().map(message -> request(message, signer)).toList();
        try (Run run = new Run(requests, perSecond)) {
            return run.result();
        }
    }

    /** Builds the HTTP request for one delivery, signed now. */
    static byte[] request(Message message, MessageSigner signer) {
        long now = System.currentTimeMillis() / 1000;
        byte[] head = ("POST /api/webhooks/clerk HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
                        + "Content-Type: application/json\r\nUser-Agent: Svix-Webhooks/1.84.0\r\nsvix-id: "
                        + message.id() + "\r\nsvix-timestamp: " + now + "\r\nsvix-signature: "
                        + signer.sign(message.id(), now, message.payload()) + "\r\nContent-Length: "
                        + message.payload().length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + message.payload().length);
        System.arraycopy(message.payload(), 0, request, head.length, message.payload().length);
        return request;
    }

    /** One run, with the state of all its connections. */
    private final class Run implements AutoCloseable {
        private final List<byte[]> requests;
        private final double perSecond;
        private final long[] nanos;
        private final Selector selector = Selector.open();
        private final List<SocketChannel> channels = new ArrayList<>();
        private final Deque<Exchange> idle = new ArrayDeque<>();
        private long start;
        private int next;
        private int answered;
        private int acknowledged;

        Run(List<byte[]> requests, double perSecond) throws IOException {
            this.requests = requests;
            this.perSecond = perSecond;
            nanos = new long[requests.size()];
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channels.add(channel);
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                idle.add(new Exchange(channel));
            }
        }

        Result result() throws IOException {
            start = System.nanoTime();
            while (answered < requests.size()) {
                sendDue();
                if (selector.selectNow(this::go) == 0) {
                    // Waking up for every single answer would use more CPU than sending does.
                    LockSupport.parkNanos(STEP_NANOS);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(nanos);
            int count = nanos.length;
            return new Result(
                    acknowledged,
                    count - acknowledged,
                    seconds,
                    nanos[count / 2] / 1e6,
                    nanos[(int) (count * 0.99)] / 1e6);
        }

        private void go(SelectionKey key) {
            ((Exchange) key.attachment()).go();
        }

        private void sendDue() {
            while (next < requests.size() && !idle.isEmpty() && due(next) <= System.nanoTime()) {
                idle.removeFirst().send(next++);
            }
        }

        private long due(int message) {
            return perSecond == 0 ? start : start + (long) (message * 1e9 / perSecond);
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        }

        /** One connection, which is sending a request or receiving an answer. */
        private final class Exchange {
            private final SocketChannel channel;
            private final SelectionKey key;
            private final ByteBuffer out = ByteBuffer.allocateDirect(256 * 1024).limit(0);
            private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
            private int message;
            private long sentAt;

            Exchange(SocketChannel channel) throws IOException {
                this.channel = channel;
                key = channel.register(selector, SelectionKey.OP_READ, this);
            }

            void send(int number) {
                message = number;
                sentAt = perSecond == 0 ? System.nanoTime() : due(number);
                out.clear().put(requests.get(number)).flip();
                in.clear();
                go();
            }

            void go() {
                try {
                    if (out.hasRemaining()) {
                        channel.write(out);
                        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    } else {
                        read();
                    }
                } catch (IOException broken) {
                    // An unanswered message is missing from the count, which makes the run fail.
                    System.err.println("a connection broke: " + broken);
                    key.cancel();
                    answered++;
                }
            }

            private void read() throws IOException {
                if (channel.read(in) < 0) {
                    throw new IOException("closed before the answer");
                }
                int status = HttpAnswer.status(in);
                if (status == 0) {
                    return;
                }
                nanos[message] = System.nanoTime() - sentAt;
                answered++;
                acknowledged += status == 200 ? 1 : 0;
                idle.addLast(this);
                sendDue();
            }
        }
    }
}
