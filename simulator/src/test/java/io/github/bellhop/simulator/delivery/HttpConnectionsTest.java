package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class HttpConnectionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final HttpConnections connections =
            new HttpConnections(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());

    /** Answers requests that have no body, and closes each connection after a given number of answers. */
    private static final class Server implements AutoCloseable {
        final AtomicInteger connections = new AtomicInteger();
        final Semaphore closed = new Semaphore(0);
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final String answer;
        private final int answersPerConnection;

        Server(String answer, int answersPerConnection) throws IOException {
            this.answer = answer;
            this.answersPerConnection = answersPerConnection;
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    connections.incrementAndGet();
                    answer(connection);
                } catch (IOException stopped) {
                    // The client or the test has ended.
                }
                closed.release();
            }
        }

        private void answer(Socket connection) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int i = 0; i < answersPerConnection; i++) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        HttpResponse post(HttpConnections connections) throws IOException {
            URI url = URI.create("http://localhost:" + socket.getLocalPort() + "/");
            return connections.post(
                    Route.to(url, InetAddress.getLoopbackAddress()),
                    SignedRequest.received(url, Map.of("a", "b"), new byte[0]));
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    @Test
    void reusesAnIdleConnection() throws Exception {
        try (Server server = new Server(OK, 3)) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.post(connections).status()).isEqualTo(200);
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void opensAnotherConnectionIfTheServerClosedTheIdleOne() throws Exception {
        try (Server server = new Server(OK, 1)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(server.post(connections).status()).isEqualTo(200);
                server.closed.acquire();
                assertThat(server.connections).hasValue(i);
            }
        }
    }

    @Test
    void doesNotRepeatARequestWithoutAnAnswer() throws Exception {
        try (Server server = new Server("", 1)) {
            assertThatThrownBy(() -> server.post(connections)).isInstanceOf(IOException.class);
            server.closed.acquire();
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void sendsNoHeaderThatCouldBeginAnother() {
        URI url = URI.create("http://localhost/");
        for (Map<String, String> headers : List.of(Map.of("a", "b\r\nc: d"), Map.of("a b", "c"))) {
            try (Server server = new Server(OK, 1)) {
                Route route = Route.to(
                        URI.create("http://localhost:" + server.socket.getLocalPort()),
                        InetAddress.getLoopbackAddress());
                assertThatThrownBy(() -> connections.post(route, SignedRequest.received(url, headers, new byte[0])))
                        .isInstanceOf(IllegalArgumentException.class);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
