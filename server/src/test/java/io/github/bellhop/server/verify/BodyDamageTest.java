package io.github.bellhop.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDamageTest {
    private static final String BODY =
            "{\"data\":{\"first_name\":\"J\u00fcrg \ud83d\ude80\",\"id\":\"user_1\",\"banned\":true,"
                    + "\"bio\":\"Why?"
                    + " Because\",\"url\":\"https://a.example/?q?b\",\"n\":[1.50,-2e+3,null]},\"object\":\"event\","
                    + "\"type\":\"user.created\"}";

    private static List<String> codes(byte[] body) {
        return BodyDamage.of(body, null).stream().map(Finding::code).toList();
    }

    private static List<String> codes(String body) {
        return codes(body.getBytes(UTF_8));
    }

    @Test
    void findsNoDamageInAnIntactBody() {
        assertThat(codes(BODY)).isEmpty();
        assertThat(codes("{\"object\":\"ping\"}")).isEmpty();
    }

    @Test
    void recognizesACutAtEveryPosition() {
        byte[] body = BODY.getBytes(UTF_8);
        for (int length = 2; length < body.length; length++) {
            assertThat(codes(Arrays.copyOf(body, length)))
                    .as("cut after %d bytes", length)
                    .containsExactly("body-cut");
        }
        assertThat(codes(new byte[0])).containsExactly("body-empty");
    }

    @Test
    void reportsADifferentContentLength() {
        byte[] cut = Arrays.copyOf(BODY.getBytes(UTF_8), 40);
        assertThat(BodyDamage.of(cut, 217L).get(0).what()).contains("after 40 bytes; Content-Length says 217");
        assertThat(BodyDamage.of(new byte[0], 217L).get(0).what()).contains("Content-Length says 217");
        assertThat(BodyDamage.of(cut, 40L).get(0).what()).doesNotContain("Content-Length");
    }

    @Test
    void recognizesLostLetters() {
        assertThat(codes(BODY.replace("\u00fc", "\uFFFD"))).containsExactly("body-replaced-letters");
        assertThat(codes(BODY.getBytes(StandardCharsets.ISO_8859_1))).containsExactly("body-not-utf8", "body-not-json");
        assertThat(codes(BODY.getBytes(StandardCharsets.US_ASCII))).containsExactly("body-question-marks");
        assertThat(BodyDamage.of(BODY.getBytes(StandardCharsets.US_ASCII), null))
                .noneMatch(Finding::fatal);
    }

    @Test
    void recognizesOtherFormats() {
        assertThat(codes("[object Object]")).containsExactly("body-object-object");
        assertThat(codes("<html><body>login</body></html>")).containsExactly("body-not-json");
        assertThat(codes("undefined")).containsExactly("body-not-json");
        assertThat(codes("[1,2]")).containsExactly("body-not-json");
        assertThat(codes(BODY + BODY)).containsExactly("body-not-json");
        assertThat(codes("\uFEFF" + BODY)).containsExactly("body-byte-order-mark");
        assertThat(codes(BODY.getBytes(StandardCharsets.UTF_16))).containsExactly("body-recoded");
        assertThat(codes(BODY.getBytes(StandardCharsets.UTF_16LE))).containsExactly("body-recoded");
        assertThat(codes(Base64.getEncoder().encode(BODY.getBytes(UTF_8)))).containsExactly("body-base64");
        assertThat(codes("payload=%7B%22data%22%3A1%7D")).containsExactly("body-form-encoded");
        assertThat(codes(BODY.replace("\"", "&quot;"))).containsExactly("body-html-escaped");
        assertThat(codes(BODY.replace("\"", "\\\""))).containsExactly("body-escaped");
        assertThat(codes("{\"version\":\"2.0\",\"body\":" + BODY + "}")).containsExactly("body-enveloped");
    }

    /**
     * A stranger controls the body: checking it must take at most linear time, and unwrapping it must make only a few
     * copies.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u00fc?", "?", "{\"a\":", "[", "%7B", "a=", "&quot;", "{\\\"", "eyJ", "{&", "\"", "\ufffd"})
    @Timeout(20)
    void readsLongTextsInLinearTime(String part) {
        String text = part.repeat(1_000_000 / part.length());
        assertThat(codes(text)).isNotEmpty();
        assertThat(codes("{\"type\":\"x\",\"data\":\"" + text.replace("\"", "'").replace("\\", "") + "\"}"))
                .isNotNull();
        assertThat(Unwrapping.of(text.getBytes(UTF_8))).hasSizeLessThan(20);
    }
}
