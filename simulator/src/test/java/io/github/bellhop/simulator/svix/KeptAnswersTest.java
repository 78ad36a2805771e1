package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
    private final StoredApplication application = new StoredApplication(
            new Application("app_1", Application.Settings.named("Kept"), SvixBench.NOON, SvixBench.NOON));

    @Test
    void dropsTheOldestAnswers() {
        KeptAnswers answers = new KeptAnswers();
        String page = "x".repeat(20_000);
        for (int i = 0; i < 3_000; i++) {
            Attempt attempt = attempt(String.format("%05d", i), page);
            application.attempts.put(attempt.id(), attempt);
            answers.add(application, attempt);
        }
        Collection<Attempt> kept = application.attempts.values();
        assertThat(kept).hasSize(3_000);
        long texts =
                kept.stream().filter(attempt -> !attempt.response().isEmpty()).count();
        assertThat(texts * page.length()).isBetween(31L * 1024 * 1024, 32L * 1024 * 1024);
        assertThat(application.attempts.firstEntry().getValue().response()).isEmpty();
        assertThat(application.attempts.lastEntry().getValue().response()).isEqualTo(page);
    }

    private static Attempt attempt(String id, String response) {
        return new Attempt(
                "atmpt_" + id,
                "msg_1",
                "ep_1",
                SvixBench.URL,
                AttemptStatus.FAIL,
                Attempt.Trigger.SCHEDULED,
                500,
                response,
                Duration.ZERO,
                SvixBench.NOON);
    }
}
