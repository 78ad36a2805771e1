package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Workload.Message;
import io.github.bellhop.signature.MessageSigner;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends messages over a number of kept connections, each with one request under way, and checks every answer. */
final class Generator {
    private final int port;
    private final MessageSigner signer;
    private final int connections;

    Generator(int port, MessageSigner signer, int connections) {
        this.port = port;
        this.signer = signer;
        this.connections = connections;
    }

    /**
     * What came of a run.
     *
     * @param acknowledged answers of 200
     * @param others       other answers
     * @param seconds      from the first request to the last answer
     * @param p50Millis    half of the answers took no longer
     * @param p99Millis    99 of 100 took no longer
     */
    record Result(int acknowledged, int others, double seconds, double p50Millis, double p99Millis) {
        double rate() {
            return acknowledged / seconds;
        }
    }

    /** As fast as the answers come. */
    Result run(List<Message> messages) throws InterruptedException {
        return run(messages, 0);
    }

    /**
     * At a steady rate; latency counts from when a message was to be sent.
     *
     * @param perSecond messages a second, 0 for as fast as the answers come
     */
    Result run(List<Message> messages, double perSecond) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicLong end = new AtomicLong();
        long[] nanos = new long[messages.size()];
        Thread[] threads = new Thread[connections];
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads[i] = new Thread(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setTcpNoDelay(true);
                    Connection connection = new Connection(socket);
                    for (int n = next.getAndIncrement(); n < messages.size(); n = next.getAndIncrement()) {
                        long due = perSecond == 0 ? System.nanoTime() : start + (long) (n * 1e9 / perSecond);
                        sleepUntil(due);
                        if (connection.send(messages.get(n)) == 200) {
                            acknowledged.incrementAndGet();
                        }
                        long now = System.nanoTime();
                        nanos[n] = now - due;
                        end.accumulateAndGet(now, Math::max);
                    }
                } catch (IOException broken) {
                    // What was not answered is missing in the count, which fails the run.
                    System.err.println("a connection broke: " + broken);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Arrays.sort(nanos);
        int count = messages.size();
        return new Result(
                acknowledged.get(),
                count - acknowledged.get(),
                (end.get() - start) / 1e9,
                nanos[count / 2] / 1e6,
                nanos[(int) (count * 0.99)] / 1e6);
    }

    private static void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private final class Connection {
        private final OutputStream out;
        private final InputStream in;
        private final byte[] buffer = new byte[8192];

        Connection(Socket socket) throws IOException {
            out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            in = socket.getInputStream();
        }

        int send(Message message) throws IOException {
            long now = System.currentTimeMillis() / 1000;
            String head = "POST /api/webhooks/clerk HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
                    + "Content-Type: application/json\r\nUser-Agent: Svix-Webhooks/1.84.0\r\nsvix-id: " + message.id()
                    + "\r\nsvix-timestamp: " + now + "\r\nsvix-signature: "
                    + signer.sign(message.id(), now, message.payload()) + "\r\nContent-Length: "
                    + message.payload().length + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(message.payload());
            out.flush();
            return readAnswer();
        }

        private int readAnswer() throws IOException {
            int length = 0;
            int headerEnd = -1;
            while (headerEnd < 0) {
                int count = in.read(buffer, length, buffer.length - length);
                if (count < 0) {
                    throw new IOException("closed before the answer");
                }
                length += count;
                headerEnd = headerEnd(length);
            }
            String head = new String(buffer, 0, headerEnd, StandardCharsets.ISO_8859_1);
            int missing = headerEnd + contentLength(head) - length;
            while (missing > 0) {
                int count = in.read(buffer, 0, Math.min(missing, buffer.length));
                if (count < 0) {
                    throw new IOException("closed inside the answer");
                }
                missing -= count;
            }
            return Integer.parseInt(head.substring(9, 12));
        }

        private int headerEnd(int length) {
            for (int i = 3; i < length; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int contentLength(String head) {
            int at = head.toLowerCase(Locale.ROOT).indexOf("content-length:");
            return at < 0
                    ? 0
                    : Integer.parseInt(
                            head.substring(at + 15, head.indexOf('\r', at)).strip());
        }
    }
}
