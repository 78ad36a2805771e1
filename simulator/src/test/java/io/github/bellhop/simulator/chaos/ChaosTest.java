package io.github.bellhop.simulator.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosTest {
    @Test
    void doesNothingByDefault() {
        assertThat(plans(ChaosSettings.none(), 1_000))
                .allMatch(plan -> plan.equals(new Chaos.Plan(Set.of(), Duration.ZERO)));
    }

    @ParameterizedTest
    @EnumSource(ChaosKind.class)
    void affectsEveryMessageAtRateOne(ChaosKind kind) {
        assertThat(plans(ChaosSettings.none().rate(kind, 1), 100))
                .allMatch(plan -> plan.kinds().equals(Set.of(kind)));
    }

    @ParameterizedTest
    @EnumSource(ChaosKind.class)
    void affectsAShareOfMessagesAtALowerRate(ChaosKind kind) {
        long affected = plans(ChaosSettings.none().rate(kind, 0.3), 10_000).stream()
                .filter(plan -> plan.has(kind))
                .count();
        assertThat(affected).isBetween(2_800L, 3_200L);
    }

    @Test
    void makesTheSamePlansWithTheSameSeed() {
        ChaosSettings settings = ChaosSettings.some().seed(42);
        assertThat(plans(settings, 1_000))
                .isEqualTo(plans(settings, 1_000))
                .isNotEqualTo(plans(settings.seed(43), 1_000));
        Chaos changed = new Chaos(ChaosSettings.some().seed(7));
        changed.plan();
        changed.change(settings);
        assertThat(plans(changed, 1_000)).isEqualTo(plans(settings, 1_000));
    }

    @Test
    void changesOneKindWithoutAffectingOthers() {
        ChaosSettings one = ChaosSettings.none().rate(ChaosKind.DUPLICATE, 0.5).seed(3);
        ChaosSettings two = one.rate(ChaosKind.CORRUPT_BODY, 0.5);
        List<Boolean> alone = plans(one, 1_000).stream()
                .map(plan -> plan.has(ChaosKind.DUPLICATE))
                .toList();
        assertThat(plans(two, 1_000).stream().map(plan -> plan.has(ChaosKind.DUPLICATE)))
                .isEqualTo(alone);
    }

    @Test
    void appliesNoOtherChaosToDroppedMessages() {
        ChaosSettings settings = ChaosSettings.none()
                .rate(ChaosKind.DROP, 1)
                .rate(ChaosKind.DUPLICATE, 1)
                .rate(ChaosKind.DELAY, 1);
        assertThat(new Chaos(settings).plan()).isEqualTo(new Chaos.Plan(Set.of(ChaosKind.DROP), Duration.ZERO));
    }

    @Test
    void delaysByLessThanTheMaximum() {
        ChaosSettings settings = ChaosSettings.none().rate(ChaosKind.DELAY, 1).longest(Duration.ofSeconds(10));
        assertThat(plans(settings, 1_000))
                .allMatch(plan -> !plan.delay().isNegative() && plan.delay().compareTo(Duration.ofSeconds(10)) < 0)
                .anyMatch(plan -> plan.delay().compareTo(Duration.ofSeconds(9)) > 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void rejectsInvalidRates(double rate) {
        assertThatThrownBy(() -> ChaosSettings.none().rate(ChaosKind.STALE_TIMESTAMP, rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stale-timestamp");
    }

    @Test
    void reportsChaosAndAnswers() {
        Chaos chaos = new Chaos(ChaosSettings.none().rate(ChaosKind.WRONG_SECRET, 1));
        chaos.plan();
        chaos.answered(Sending.WRONG_SECRET, 400);
        chaos.answered(Sending.FIRST, 200);
        chaos.answered(Sending.FIRST, 200);
        chaos.answered(Sending.FIRST, 0);
        ChaosReport report = chaos.report();
        assertThat(report.happened(ChaosKind.WRONG_SECRET)).isEqualTo(1);
        assertThat(report.happened(ChaosKind.DROP)).isZero();
        assertThat(report.sent(Sending.FIRST)).isEqualTo(3);
        assertThat(report.badAccepted()).isZero();
        assertThat(report.text()).isEqualTo("""
                        sent first                  3   no answer: 1   200: 2
                        sent wrong-secret           1   400: 1
                        chaos wrong-secret          1
                        bad requests accepted       0
                        """);
        assertThat(report.json())
                .hasToString("{\"sent\":{\"first\":{\"total\":3,\"answers\":{\"0\":1,\"200\":2}},"
                        + "\"wrong-secret\":{\"total\":1,\"answers\":{\"400\":1}}},"
                        + "\"chaos\":{\"wrong-secret\":1},\"bad_accepted\":0}");
        chaos.answered(Sending.CORRUPT_BODY, 204);
        assertThat(chaos.report().badAccepted()).isEqualTo(1);
        assertThat(report.badAccepted()).isZero();
    }

    private static List<Chaos.Plan> plans(ChaosSettings settings, int count) {
        return plans(new Chaos(settings), count);
    }

    private static List<Chaos.Plan> plans(Chaos chaos, int count) {
        List<Chaos.Plan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(chaos.plan());
        }
        return plans;
    }
}
