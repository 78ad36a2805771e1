package io.github.bellhop.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.testing.AnswerStages;
import io.github.bellhop.server.testing.AnswerStages.Stage;
import io.github.bellhop.server.testing.StubReceiver;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends each known answer over HTTP, exactly as its sender writes it. */
@Timeout(300)
@SameOnEveryJdk
class AnswerMeaningTest {
    static List<Stage> stages() {
        return AnswerStages.all();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void namesTheCauseOfEachAnswer(Stage stage) throws InterruptedException {
        try (StubReceiver stub = new StubReceiver().unsigned(stage.status(), stage.headers(), stage.body())) {
            Examination wanted =
                    new Examination(ProgramEnvironment.ofProcess(), stub.url(), null, InstantSource.system());
            ReceiverAnswer answer = new ReceiverProbe(stub.url(), null, wanted).unsigned();
            Finding finding = new AnswerMeaning(stub.url(), answer).judged();
            assertThat(finding).isNotNull();
            assertThat(finding.what() + " " + finding.why() + " " + finding.fix())
                    .contains(stage.words())
                    .contains(stub.url() + " answers " + stage.status())
                    .doesNotContain("k33p", "{to}", "{path}", "{x-", "{ngrok", "{retry", "null");
            assertThat(finding.what()).endsWith(".").doesNotEndWith("..");
        }
    }
}
