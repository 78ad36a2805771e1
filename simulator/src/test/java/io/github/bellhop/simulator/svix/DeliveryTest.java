package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.svix.SvixBench.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests when and how messages are delivered, on a manual clock. */
class DeliveryTest {
    private final SvixBench bench = new SvixBench();

    @Test
    void deliversTheExactText() {
        Endpoint endpoint = bench.endpoint();
        String payload = "{ \"b\" : 1.10,\"a\":\"Zo\u00eb </script>\" }";
        String id = bench.send("user.created", payload);
        assertThat(bench.got).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(id).matches("msg_[0-9A-Za-z]{27}");
            assertThat(delivery.body()).isEqualTo(payload);
            assertThat(delivery.timestamp()).isEqualTo(SvixBench.NOON);
            assertThat(delivery.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("accept", "*/*");
            assertThat(bench.verdict(bench.secret(endpoint), delivery)).isEqualTo("verified");
        });
        assertThat(bench.attempts(id)).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(AttemptStatus.SUCCESS);
            assertThat(attempt.statusCode()).isEqualTo(200);
            assertThat(attempt.trigger()).isEqualTo(Attempt.Trigger.SCHEDULED);
            assertThat(attempt.url()).isEqualTo(SvixBench.URL);
        });
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
        assertThat(bench.svix.nextDue()).isNull();
    }

    @Test
    void givesUpAfterEightAttemptsWithOneId() {
        Endpoint endpoint = bench.endpoint();
        bench.answer = 500;
        String id = bench.send();
        List<Duration> waits = new ArrayList<>();
        while (bench.svix.nextDue() != null) {
            assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.PENDING);
            waits.add(bench.next());
        }
        assertThat(waits).hasSize(7);
        List<Duration> svix = List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(10));
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i))
                    .isBetween(
                            svix.get(i).multipliedBy(8).dividedBy(10),
                            svix.get(i).multipliedBy(12).dividedBy(10));
        }
        assertThat(bench.got).hasSize(8).allMatch(delivery -> delivery.id().equals(id));
        assertThat(bench.got)
                .allMatch(delivery ->
                        delivery.timestamp().getEpochSecond() == delivery.at().getEpochSecond());
        assertThat(bench.got.stream().map(Got::signatures).collect(Collectors.toSet()))
                .hasSize(8);
        assertThat(bench.attempts(id)).hasSize(8).allMatch(attempt -> attempt.status() == AttemptStatus.FAIL);
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.FAIL);
    }

    @Test
    void stopsAtTheFirstSuccess() {
        Endpoint endpoint = bench.endpoint();
        bench.answer = 503;
        String id = bench.send();
        bench.answer = 204;
        bench.next();
        assertThat(bench.svix.nextDue()).isNull();
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
        assertThat(bench.attempts(id)).extracting(Attempt::statusCode).containsExactly(204, 503);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 404, 410, 500})
    void treatsEveryOtherAnswerAsAFailure(int status) {
        bench.endpoint();
        bench.answer = status;
        bench.send();
        assertThat(bench.svix.nextDue()).isNotNull();
    }

    @Test
    void startsTheWaitAtThePreviousFailure() {
        bench.endpoint();
        bench.answer = 500;
        bench.send();
        // The retry is late. The next wait starts when the retry fails.
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.got).hasSize(2);
        assertThat(Duration.between(bench.clock.instant(), bench.svix.nextDue()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }

    @Test
    void runsTheScheduleFaster() {
        SvixBench fast = new SvixBench(settings -> settings.timeScale(3600));
        fast.endpoint();
        fast.answer = 500;
        fast.send();
        Instant before = fast.clock.instant();
        while (fast.svix.nextDue() != null) {
            fast.next();
        }
        assertThat(Duration.between(before, fast.clock.instant()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(34));
        assertThat(fast.got).hasSize(8);
    }

    @Test
    void deliversToEveryMatchingEndpoint() {
        String other = "http://127.0.0.1:1/other";
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/all"));
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/users").eventTypes(Set.of("user.created")));
        bench.endpoint(EndpointSettings.to(other).eventTypes(Set.of("organization.created")));
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/off").disabled(true));
        bench.send();
        assertThat(bench.got).extracting(Got::path).containsExactlyInAnyOrder("/all", "/users");
        bench.send("organization.created", "{}");
        assertThat(bench.got.subList(2, 4)).extracting(Got::path).containsExactlyInAnyOrder("/all", "/other");
    }

    @Test
    void deliversByChannel() {
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/all"));
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/red").channels(Set.of("red", "blue")));
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/green").channels(Set.of("green")));
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}").channels(Set.of("red", "yellow")));
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::path).containsExactlyInAnyOrder("/all", "/red");
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}"));
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::path).containsExactlyInAnyOrder("/all", "/red", "/all");
    }

    @Test
    void waitsUntilTheDeliveryTime() {
        bench.endpoint();
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}").deliverAt(SvixBench.NOON.plusSeconds(90)));
        bench.pass(Duration.ofSeconds(89));
        assertThat(bench.got).isEmpty();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.got).hasSize(1);
    }

    @Test
    void sendsTheEndpointsHeaders() {
        Endpoint endpoint = bench.endpoint();
        bench.svix.endpoints().headers(bench.app, endpoint.id(), Map.of("X-Own", "mine", "Accept", "text/plain"));
        bench.send();
        assertThat(bench.got.get(0).headers())
                .containsEntry("x-own", "mine")
                .containsEntry("accept", "text/plain")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void cancelsPendingMessagesOfADeletedOrDisabledEndpoint() {
        Endpoint deleted = bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/deleted"));
        Endpoint disabled = bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/disabled"));
        bench.answer = 500;
        String id = bench.send();
        assertThat(bench.got).hasSize(2);
        bench.svix.endpoints().delete(bench.app, deleted.id());
        bench.svix
                .endpoints()
                .replace(bench.app, disabled.id(), disabled.settings().disabled(true));
        assertThat(bench.svix.nextDue()).isNull();
        assertThat(bench.status(id, disabled)).isEqualTo(AttemptStatus.CANCELED);
        bench.pass(Duration.ofDays(2));
        assertThat(bench.got).hasSize(2);
    }

    @Test
    void dropsDueMessagesOnceTheEndpointIsDisabled() {
        Endpoint endpoint = bench.endpoint();
        String id = bench.svix
                .messages()
                .create(bench.app, NewMessage.of("a", "{}"))
                .id();
        bench.svix
                .endpoints()
                .replace(bench.app, endpoint.id(), endpoint.settings().disabled(true));
        bench.svix.runDue();
        assertThat(bench.got).isEmpty();
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.CANCELED);
    }

    @Test
    void countsDeliveriesByStatus() {
        Endpoint endpoint = bench.endpoint();
        bench.send();
        bench.answer = 500;
        bench.send();
        assertThat(bench.svix
                        .attempts()
                        .stats(bench.app, endpoint.id(), SvixBench.NOON.minusSeconds(1), SvixBench.NOON))
                .isEqualTo(Map.of(AttemptStatus.SUCCESS, 1L, AttemptStatus.PENDING, 1L, AttemptStatus.FAIL, 1L));
        bench.svix.replays().cancel(bench.app, endpoint.id(), SvixBench.NOON.plusSeconds(1));
        assertThat(bench.svix
                        .attempts()
                        .stats(bench.app, endpoint.id(), SvixBench.NOON.minusSeconds(1), SvixBench.NOON))
                .isEqualTo(Map.of(AttemptStatus.SUCCESS, 1L, AttemptStatus.FAIL, 1L, AttemptStatus.CANCELED, 1L));
        assertThat(bench.svix.nextDue()).isNull();
    }
}
