package io.github.bellhop.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.OpenPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that strangers without the secret cannot block deliveries on the public port. */
class PublicPortTest {
    private static final int CONNECTIONS = 40;
    private static final int STRANGERS = 32;
    private static final String STRANGER = "127.0.0.66";
    private static final String SENDER = "127.0.0.1";

    private OpenPort port;

    @BeforeEach
    void open() {
        port = new OpenPort(CONNECTIONS);
    }

    @AfterEach
    void close() {
        port.close();
    }

    private static void closeAll(List<? extends Closeable> connections) throws IOException {
        for (var connection : connections) {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000})
    void answersDeliveriesWhileStrangersReadNoAnswers(int requestsAtOnce) throws Exception {
        String requests = ("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                .repeat(requestsAtOnce);
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch underWay = new CountDownLatch(2 * STRANGERS);
        ExecutorService strangers = Executors.newFixedThreadPool(STRANGERS);
        try {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.execute(() -> {
                    while (!over.get()) {
                        sendWithoutReading(requests, over);
                        underWay.countDown();
                    }
                });
            }
            assertThat(underWay.await(120, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(port.deliver(SENDER)).startsWith("HTTP/1.1 200");
            }
        } finally {
            over.set(true);
            strangers.shutdown();
            assertThat(strangers.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Sends as fast as the port accepts, until the port closes the connection. */
    private void sendWithoutReading(String requests, AtomicBoolean over) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.socket().setReceiveBufferSize(4096);
            channel.bind(new InetSocketAddress(STRANGER, 0));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
            channel.configureBlocking(false);
            ByteBuffer bytes = ByteBuffer.wrap(requests.getBytes(StandardCharsets.ISO_8859_1));
            while (!over.get()) {
                bytes.rewind();
                channel.write(bytes);
                LockSupport.parkNanos(100_000);
            }
        } catch (IOException closed) {
            // The port has closed the connection.
        }
    }

    @Test
    void answersDeliveriesWhileStrangersDripHeaders() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                strangers.add(begin("POST /api/webhooks/clerk HTTP/1.1\r\nHost: a\r\nX-Drip: "));
                drip(strangers);
            }
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                drip(strangers);
                assertThat(port.deliver(SENDER)).startsWith("HTTP/1.1 200");
            }
        } finally {
            closeAll(strangers);
        }
    }

    @Test
    void closesAConnectionThatDripsHeaders() throws Exception {
        List<Socket> stranger = new ArrayList<>(List.of(begin("GET / HTTP/1.1\r\nX-Drip: ")));
        long end = System.nanoTime() + 3 * ConnectionWatch.HEADERS.toNanos();
        while (!stranger.isEmpty() && System.nanoTime() < end) {
            drip(stranger);
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(stranger).isEmpty();
    }

    @Test
    void answersDeliveriesWhileStrangersSendNoBodies() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS - 5; i++) {
                strangers.add(begin("GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"));
            }
            assertThat(port.deliver(SENDER)).startsWith("HTTP/1.1 200");
        } finally {
            closeAll(strangers);
        }
    }

    private Socket begin(String text) throws IOException {
        Socket socket = port.connect(STRANGER);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** Sends one more byte on each connection, and removes the closed ones. */
    private static void drip(List<Socket> connections) {
        connections.removeIf(connection -> {
            try {
                connection.getOutputStream().write('x');
                return false;
            } catch (SocketException closed) {
                return true;
            } catch (IOException fault) {
                throw new AssertionError(fault);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/7.1\r\nHost: a\r\n\r\n",
                "GET /{ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nA header\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: other\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void answersMalformedRequestsWithProblems(String request) throws IOException {
        String answer = port.exchange(request);
        assertThat(answer)
                .as(request)
                .matches("(?s)HTTP/1.1 (400|501|505) .*")
                .containsIgnoringCase("\r\nContent-Type: application/problem+json")
                .contains("\"reason\":\"")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("<")
                .doesNotContain("zz");
    }
}
