package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An endpoint is disabled if it fails for too long, or if its answer requests it. */
class DisablingTest {
    private final SvixBench bench = new SvixBench();

    @Test
    void disablesAfterFiveDaysOfFailures() {
        Endpoint endpoint = bench.endpoint();
        bench.answer = 500;
        Duration failed = Duration.ZERO;
        while (!isOff(endpoint)) {
            bench.send();
            bench.pass(Duration.ofHours(1));
            failed = failed.plusHours(1);
            assertThat(failed).isLessThan(Duration.ofDays(7));
        }
        // The five days begin after twelve hours.
        assertThat(failed).isBetween(Duration.ofHours(132), Duration.ofHours(134));
        assertThat(bench.svix.nextDue()).isNull();
    }

    @Test
    void resetsAfterOneSuccess() {
        Endpoint endpoint = bench.endpoint();
        bench.answer = 500;
        for (int day = 0; day < 10; day++) {
            for (int hour = 0; hour < 24; hour++) {
                bench.send();
                bench.pass(Duration.ofHours(1));
            }
            bench.answer = 200;
            bench.send();
            bench.answer = 500;
        }
        assertThat(isOff(endpoint)).isFalse();
    }

    @Test
    void ignoresFailuresThatAreFarApart() {
        Endpoint endpoint = bench.endpoint();
        for (int i = 0; i < 10; i++) {
            bench.answer = 500;
            String id = bench.send();
            bench.svix
                    .replays()
                    .cancel(bench.app, endpoint.id(), bench.clock.instant().plusSeconds(1));
            assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.CANCELED);
            bench.pass(Duration.ofHours(25));
        }
        assertThat(isOff(endpoint)).isFalse();
    }

    @Test
    void obeysTheDeliveryHeaderOfTheAnswer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String control = exchange.getRequestURI().getPath().substring(1);
            exchange.getResponseHeaders().set("Webhook-Delivery", control);
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            Endpoint disable = bench.svix.endpoints().create(bench.app, EndpointSettings.to(url + "disable"));
            Endpoint abort = bench.svix.endpoints().create(bench.app, EndpointSettings.to(url + "abort-message"));
            Endpoint neither = bench.svix.endpoints().create(bench.app, EndpointSettings.to(url + "anything"));
            String id = bench.send();
            assertThat(bench.svix.awaitIdle(Duration.ofSeconds(10))).isTrue();
            assertThat(isOff(disable)).isTrue();
            assertThat(isOff(abort)).isFalse();
            assertThat(bench.status(id, disable)).isEqualTo(AttemptStatus.FAIL);
            assertThat(bench.status(id, abort)).isEqualTo(AttemptStatus.FAIL);
            assertThat(bench.status(id, neither)).isEqualTo(AttemptStatus.PENDING);
        } finally {
            server.stop(0);
        }
    }

    private boolean isOff(Endpoint endpoint) {
        return bench.svix.endpoints().get(bench.app, endpoint.id()).settings().disabled();
    }
}
