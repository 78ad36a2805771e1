package io.github.bellhop.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.AnswerStages;
import io.github.bellhop.server.testing.AnswerStages.Stage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that trigger and listen name the same causes as the doctor. */
class DeliveryHintTest {
    private static final URI URL = URI.create("https://app.example.com/api/webhooks/clerk");
    private static final List<String> OF_STATUS_ALONE = List.of(
            "redirect",
            "refused",
            "not-found",
            "no-post",
            "size",
            "content-type",
            "no-app",
            "unavailable",
            "app-breaks");

    static List<Stage> named() {
        return AnswerStages.all().stream()
                .filter(stage -> stage.status() >= 300)
                .filter(stage -> !stage.body().contains("\"reason\""))
                .filter(stage ->
                        !OF_STATUS_ALONE.contains(stage.id()) && !stage.id().startsWith("redirect"))
                .toList();
    }

    private static String hint(int status, Map<String, String> headers, String body) {
        Map<String, String> lower = headers.entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return new DeliveryHint(URL).of(new WireAnswer(status, lower, body, null, Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("named")
    void namesTheCauseAsTheDoctorDoes(Stage stage) {
        assertThat(hint(stage.status(), stage.headers(), stage.body()))
                .contains(stage.words())
                .doesNotContain("{to}", "{path}");
    }
}
