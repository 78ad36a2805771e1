package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that {@code bellhop verify} reports the visible damage to a body, and not a wrong secret. */
@SameOnEveryJdk
class VerifyDamageTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final String BODY = "{\"data\":{\"first_name\":\"J\u00fcrgen &"
            + " Co\",\"id\":\"user_1\"},\"object\":\"event\",\"type\":\"user.created\"}";

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Run verify(byte[] received, Map<String, String> variables) throws IOException {
        String signature =
                MessageSigner.with(SigningSecret.parse(Run.SECRET)).sign("msg_1", AT.getEpochSecond(), utf8(BODY));
        Files.writeString(
                folder.resolve("headers.txt"),
                "svix-id: msg_1\nsvix-timestamp: " + AT.getEpochSecond() + "\nsvix-signature: " + signature + "\n");
        Files.write(folder.resolve("body.json"), received);
        return Run.of(
                folder,
                variables,
                "verify",
                "--headers",
                "headers.txt",
                "--body",
                "body.json",
                "--at",
                "2026-11-24T10:01:00Z");
    }

    private Run verify(byte[] received) throws IOException {
        return verify(received, Map.of(EnvironmentVariables.SIGNING_SECRET, Run.SECRET));
    }

    private static String text(Run run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out() + run.err()).doesNotContain("rgen", "user_1", "YmVsbGhvcC");
        return run.out().replaceAll("\\s+", " ");
    }

    static Stream<Arguments> damaged() {
        return Stream.of(
                Arguments.of("body-empty", new byte[0]),
                Arguments.of("body-cut", utf8(BODY.substring(0, 50))),
                Arguments.of("body-replaced-letters", utf8(BODY.replace('\u00fc', '\uFFFD'))),
                Arguments.of("body-object-object", utf8("[object Object]")),
                Arguments.of("body-not-json", utf8("<html></html>")),
                Arguments.of("body-form-encoded", utf8("payload=%7B%22type%22%3A1")),
                Arguments.of("body-enveloped", utf8("{\"event\":{\"type\":\"user.created\",\"data\":{}}}")));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void reportsTheDamageInsteadOfAWrongSecret(String code, byte[] received) throws IOException {
        assertThat(text(verify(received)))
                .startsWith("not valid " + code + ": ")
                .contains("signature-not-judged")
                .doesNotContain("wrong-secret");
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void reportsTheDamageWithoutASecret(String code, byte[] received) throws IOException {
        Run run = verify(received, Map.of());
        assertThat(text(run)).startsWith("not valid " + code + ": ");
        assertThat(run.err()).contains("Without a secret");
    }

    @Test
    void requiresASecretOnlyForAnUndamagedBody() throws IOException {
        Run run = verify(utf8(BODY), Map.of());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(EnvironmentVariables.SIGNING_SECRET);
    }

    @Test
    void reportsQuestionMarksBeforeAWrongSecret() throws IOException {
        assertThat(text(verify(BODY.getBytes(StandardCharsets.US_ASCII))))
                .startsWith("not valid body-question-marks: ")
                .contains("wrong-secret: ");
    }

    static Stream<Arguments> wrapped() {
        String base64 = Base64.getEncoder().encodeToString(utf8(BODY));
        return Stream.of(
                Arguments.of("body-form-encoded", "payload=" + URLEncoder.encode(BODY, StandardCharsets.UTF_8), "form"),
                Arguments.of("body-form-encoded", URLEncoder.encode(BODY, StandardCharsets.UTF_8) + "=", "form"),
                Arguments.of("body-enveloped", "{\"body\":" + BODY + "}", "member \"body\""),
                Arguments.of("body-enveloped", "{\"event\":" + BODY.replace(":", ": ") + "}", "member \"event\""),
                Arguments.of("body-enveloped", "{\"body\":" + quoted(BODY) + ",\"headers\":{}}", "as a string"),
                Arguments.of("body-enveloped", "{\"body\":\"" + base64 + "\",\"isBase64Encoded\":true}", "in base64"),
                Arguments.of("body-enveloped", "{\"Records\":[{\"body\":" + quoted(BODY) + "}]}", "member \"body\""),
                Arguments.of(
                        "body-html-escaped", BODY.replace("&", "&amp;").replace("\"", "&quot;"), "escaped as HTML"),
                Arguments.of("body-html-escaped", BODY.replace("&", "&amp;"), "escaped as HTML"),
                Arguments.of("body-escaped", BODY.replace("\"", "\\\""), "with backslashes"),
                Arguments.of("body-encoded-twice", quoted(BODY), "encoded twice"),
                Arguments.of("body-base64", base64, "base64"));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void provesHowTheBodyWasWrapped(String code, String received, String words) throws IOException {
        assertThat(text(verify(utf8(received))))
                .startsWith("not valid " + code + ": ")
                .contains("is correct, but", words)
                .doesNotContain("signature-not-judged");
    }

    /** If the wrapped body is forged, no signature proves how it was wrapped. */
    @Test
    void provesNothingForAForgedBodyInAnEnvelope() throws IOException {
        assertThat(text(verify(utf8("{\"body\":" + BODY.replace("user.created", "user.deleted") + "}"))))
                .startsWith("not valid body-enveloped: ")
                .doesNotContain("is correct");
    }

    @Test
    void readsAGatewayEventAsACapture() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(utf8(BODY));
        String signature =
                MessageSigner.with(SigningSecret.parse(Run.SECRET)).sign("msg_1", AT.getEpochSecond(), utf8(BODY));
        Files.writeString(
                folder.resolve("event.json"),
                "{\"version\":\"2.0\",\"isBase64Encoded\":true,\"headers\":{\"svix-id\":\"msg_1\",\"svix-timestamp\":\""
                        + AT.getEpochSecond() + "\",\"svix-signature\":\"" + signature + "\"},\"body\":\"" + base64
                        + "\"}");
        Run run = Run.of(
                folder,
                Map.of(EnvironmentVariables.SIGNING_SECRET, Run.SECRET),
                "verify",
                "event.json",
                "--at",
                "2026-11-24T10:01:00Z");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
}
