package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.server.feed.EventFilter;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests clients of a server that accepts connections and never answers: each attempt must close its connection. */
class SilentServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static class NoReport implements Listening {
        @Override
        public void connected() {}

        @Override
        public void lost(String why) {}

        @Override
        public void relayAt(String address) {}

        @Override
        public void forwarded(Arrival arrival, SignedRequest request, WireAnswer answer) {}

        @Override
        public void expired(String messageId, @Nullable String type, @Nullable String entityId) {}
    }

    private record Token() implements RelayClient.Tokens {
        @Override
        public String current() {
            return "token";
        }

        @Override
        public void renew() {}
    }

    private final Forwarder forwarder = new Forwarder(request -> new CompletableFuture<>(), new NoReport());

    @Test
    void feedClientLeavesNoConnectionOpen() throws Exception {
        try (ServerSocket server = silent()) {
            assertClosesConnections(server, feed(server, new NoReport()));
        }
    }

    @Test
    void feedClientPropagatesAnErrorOfItsThread() throws Exception {
        Listening broken = new NoReport() {
            @Override
            public void lost(String why) {
                throw new NoClassDefFoundError("on purpose");
            }
        };
        try (ServerSocket server = silent()) {
            FeedClient client = feed(server, broken);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    client.run();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> running.get(120, TimeUnit.SECONDS))
                    .withRootCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    private FeedClient feed(ServerSocket server, Listening listening) {
        return new FeedClient(
                new FeedClient.Settings(
                        URI.create("http://127.0.0.1:" + server.getLocalPort()),
                        "token",
                        EventFilter.parse("").orElseThrow(),
                        null,
                        URI.create("http://127.0.0.1:1/"),
                        MessageSigner.with(SigningSecret.parse(ProgramProcess.SECRET)),
                        PATIENCE),
                forwarder,
                listening,
                InstantSource.system(),
                new Random(1));
    }

    @Test
    void relayClientLeavesNoConnectionOpen() throws Exception {
        try (ServerSocket server = silent()) {
            RelayClient client = new RelayClient(
                    new RelayClient.Settings(
                            URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"),
                            new Token(),
                            null,
                            EventFilter.parse("").orElseThrow(),
                            URI.create("http://127.0.0.1:1/"),
                            PATIENCE),
                    forwarder,
                    new NoReport(),
                    InstantSource.system(),
                    new Random(1));
            assertClosesConnections(server, client);
        }
    }

    private static ServerSocket silent() throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(60_000);
        return server;
    }

    private static void assertClosesConnections(ServerSocket server, Source client) throws Exception {
        Thread running = new Thread(() -> {
            try {
                client.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        running.start();
        try (Socket first = server.accept();
                Socket second = server.accept()) {
            for (Socket connection : new Socket[] {first, second}) {
                connection.setSoTimeout(60_000);
                assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
            }
        } finally {
            client.stop();
            running.interrupt();
            running.join(60_000);
        }
        assertThat(running.isAlive()).isFalse();
    }
}
