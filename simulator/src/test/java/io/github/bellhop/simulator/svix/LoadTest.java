package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sends many messages over the network to an endpoint with a rate limit. */
class LoadTest {
    private static final int MESSAGES = 10_000;
    private static final int AT_ONCE = 4;

    @Test
    void deliversAllMessagesWithinTheInFlightLimit() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<String> got = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(2 * AT_ONCE);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            exchange.getRequestBody().readAllBytes();
            got.add(exchange.getRequestHeaders().getFirst("svix-id"));
            now.decrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try (SvixService svix = new SvixService(SvixSettings.of(InstantSource.system(), new SecureRandom())
                .keptMessages(100)
                .inFlightPerEndpoint(AT_ONCE))) {
            svix.start();
            String app = svix.applications()
                    .create(Application.Settings.named("Load"))
                    .id();
            svix.endpoints()
                    .create(
                            app,
                            EndpointSettings.to(
                                    "http://127.0.0.1:" + receiver.getAddress().getPort() + "/"));
            String payload = "{\"text\":\"" + "x".repeat(4_000) + "\"}";
            for (int i = 0; i < MESSAGES; i++) {
                svix.messages().create(app, NewMessage.of("user.created", payload));
            }
            assertThat(svix.awaitIdle(Instant.MAX, Duration.ofMinutes(2))).isTrue();
            assertThat(got).hasSize(MESSAGES);
            assertThat(most.get()).isBetween(1, AT_ONCE);
            assertThat(svix.messages()
                            .list(app, Filter.ALL, PageQuery.first().limit(250))
                            .data())
                    .hasSize(100);
        } finally {
            receiver.stop(0);
            threads.shutdown();
        }
    }
}
