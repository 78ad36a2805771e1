package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.ChaosReport;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.svix.SvixBench.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a receiver gets for each kind of chaos. */
class ChaosDeliveryTest {
    private static final Duration HOLD = Duration.ofSeconds(1);

    @Test
    void dropsMessagesUntilTheyAreRecovered() {
        SvixBench bench = bench(ChaosKind.DROP);
        Endpoint endpoint = verifying(bench);
        String lost = bench.send();
        bench.pass(Duration.ofDays(2));
        assertThat(bench.got).isEmpty();
        assertThat(bench.attempts(lost)).isEmpty();
        assertThat(bench.svix
                        .attempts()
                        .messagesOf(bench.app, endpoint.id(), Filter.ALL, PageQuery.first())
                        .data())
                .isEmpty();
        bench.svix.replays().replayMissing(bench.app, endpoint.id(), SvixBench.NOON, null);
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::id).containsExactly(lost);
        String other = bench.send();
        bench.svix.replays().recover(bench.app, endpoint.id(), SvixBench.NOON, null);
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::id).containsExactly(lost, other);
        assertThat(bench.svix.chaos().report().happened(ChaosKind.DROP)).isEqualTo(2);
    }

    @Test
    void sendsDuplicates() {
        SvixBench bench = bench(ChaosKind.DUPLICATE);
        Endpoint endpoint = verifying(bench);
        String id = bench.send();
        assertThat(bench.got).extracting(Got::id).containsExactly(id, id);
        assertThat(bench.attempts(id)).hasSize(1);
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
        assertThat(bench.svix.chaos().report().sent(Sending.DUPLICATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CORRUPT_BODY, no-matching-signature",
        "WRONG_SECRET, no-matching-signature",
        "STALE_TIMESTAMP, timestamp-too-old"
    })
    void sendsABadRequestBeforeTheGoodOne(ChaosKind kind, String verdict) {
        SvixBench bench = bench(kind);
        Endpoint endpoint = verifying(bench);
        String secret = bench.secret(endpoint);
        String id = bench.send("user.created", "{\"name\":\"Ann\"}");
        assertThat(bench.got).extracting(Got::id).containsExactly(id, id);
        assertThat(bench.verdict(secret, bench.got.get(0))).isEqualTo(verdict);
        assertThat(bench.verdict(secret, bench.got.get(1))).isEqualTo("verified");
        assertThat(bench.got.get(1).body()).isEqualTo("{\"name\":\"Ann\"}");
        assertThat(bench.got.get(0).body().equals(bench.got.get(1).body())).isEqualTo(kind != ChaosKind.CORRUPT_BODY);
        assertThat(bench.attempts(id)).extracting(Attempt::statusCode).containsExactly(200);
        ChaosReport report = bench.svix.chaos().report();
        assertThat(report.answers(Sending.valueOf(kind.name()))).containsOnlyKeys(400);
        assertThat(report.answers(Sending.FIRST)).containsOnlyKeys(200);
        assertThat(report.badAccepted()).isZero();
    }

    @Test
    void changesTheBodyInOnePlace() {
        SvixBench bench = bench(ChaosKind.CORRUPT_BODY);
        verifying(bench);
        bench.send("user.created", "{\"name\":\"Ann\"}");
        String bad = bench.got.get(0).body();
        String good = bench.got.get(1).body();
        assertThat(bad).hasSameSizeAs(good);
        int changed = 0;
        for (int i = 0; i < good.length(); i++) {
            changed += bad.charAt(i) == good.charAt(i) ? 0 : 1;
        }
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void delaysMessages() {
        SvixBench bench = bench(ChaosKind.DELAY);
        verifying(bench);
        String id = bench.send();
        assertThat(bench.got).isEmpty();
        Duration late = bench.next();
        assertThat(late).isPositive().isLessThan(Duration.ofSeconds(2));
        assertThat(bench.got).extracting(Got::id).containsExactly(id);
    }

    @Test
    void sendsTheNextMessageFirst() {
        SvixBench bench = bench(ChaosKind.REORDER);
        verifying(bench);
        String held = bench.send();
        assertThat(bench.got).isEmpty();
        bench.svix.chaos().change(ChaosSettings.none());
        String next = bench.send();
        assertThat(bench.got).extracting(Got::id).containsExactly(next, held);
    }

    @Test
    void releasesHeldMessagesAfterAWhile() {
        SvixBench bench = bench(ChaosKind.REORDER);
        verifying(bench);
        String held = bench.send();
        assertThat(bench.next()).isEqualTo(HOLD);
        assertThat(bench.got).extracting(Got::id).containsExactly(held);
    }

    @Test
    void sendsBursts() {
        SvixBench bench = bench(ChaosKind.BURST);
        verifying(bench);
        String first = bench.send();
        String second = bench.send();
        assertThat(bench.got).isEmpty();
        String third = bench.send();
        assertThat(bench.got).extracting(Got::id).containsExactly(first, second, third);
        String alone = bench.send();
        assertThat(bench.got).hasSize(3);
        assertThat(bench.next()).isEqualTo(HOLD);
        assertThat(bench.got).last().extracting(Got::id).isEqualTo(alone);
    }

    @Test
    void repeatsChaosWithTheSameSeedAndDeliversEverything() {
        List<String> once = story(42);
        assertThat(once).isEqualTo(story(42)).isNotEqualTo(story(43));
        assertThat(once).contains("lost").anyMatch(line -> line.endsWith("timestamp-too-old"));
    }

    private static List<String> story(long seed) {
        SvixBench bench =
                new SvixBench(settings -> settings.chaos(ChaosSettings.some().seed(seed)));
        Endpoint endpoint = verifying(bench);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(bench.send("user.created", "{\"n\":" + i + "}"));
            bench.pass(Duration.ofMillis(100));
        }
        bench.pass(Duration.ofMinutes(1));
        String secret = bench.secret(endpoint);
        List<String> story = new ArrayList<>();
        for (Got delivery : bench.got) {
            story.add(Duration.between(SvixBench.NOON, delivery.at()) + " " + delivery.body() + " "
                    + bench.verdict(secret, delivery));
        }
        if (bench.svix.chaos().report().happened(ChaosKind.DROP) > 0) {
            story.add("lost");
        }
        bench.svix.replays().replayMissing(bench.app, endpoint.id(), SvixBench.NOON, null);
        bench.svix.runDue();
        assertThat(bench.got.stream()
                        .filter(delivery -> bench.verdict(secret, delivery).equals("verified"))
                        .map(Got::id)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(bench.svix.chaos().report().badAccepted()).isZero();
        return story;
    }

    private static SvixBench bench(ChaosKind kind) {
        return new SvixBench(settings ->
                settings.chaos(ChaosSettings.none().rate(kind, 1).hold(HOLD).burstSize(3)));
    }

    /** An endpoint whose receiver verifies the requests. */
    private static Endpoint verifying(SvixBench bench) {
        Endpoint endpoint = bench.endpoint(EndpointSettings.to(SvixBench.URL).eventTypes(Set.of("user.created")));
        bench.receive(
                SvixBench.URL,
                (headers, body) -> bench.verdict(bench.secret(endpoint), bench.got.get(bench.got.size() - 1))
                                .equals("verified")
                        ? 200
                        : 400);
        return endpoint;
    }
}
