package io.github.bellhop.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
    private static final String SECRET = "otp-123456";

    @Test
    void readsCompleteEnvelope() {
        Envelope envelope = read("""
                {"data": {"id": "user_1", "nested": {"id": "no"}}, "object": "event", "type": "user.created",
                 "timestamp": 1716883200123, "instance_id": "ins_1",
                 "event_attributes": {"http_request": {"client_ip": "203.0.113.7", "user_agent": "curl", "other": [1]}}}
                """);

        assertThat(envelope)
                .isEqualTo(new Envelope(
                        "user.created", "user_1", "ins_1", ClerkTime.instant(1716883200123L), "203.0.113.7", "curl"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":1,\"data\":[{\"id\":\"x\"}],\"timestamp\":\"1716883200\",\"instance_id\":{},\"event_attributes\":[]}",
                "{\"type\":\"\",\"data\":{\"id\":\"\"},\"instance_id\":\"\","
                        + "\"event_attributes\":{\"http_request\":{\"client_ip\":\"\",\"user_agent\":\"\"}}}",
                "{\"type\":null,\"data\":{\"id\":7},\"timestamp\":1.5,\"event_attributes\":{\"http_request\":[1]}}",
                "{\"timestamp\":-1}",
                "{\"timestamp\":99999999999999999999999999}",
                "{\"timestamp\":999999999999999}"
            })
    void treatsUnusableValuesAsAbsent(String payload) {
        assertThat(read(payload)).isEqualTo(new Envelope(null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1716883200, 2024-05-28T08:00:00Z",
        "1716883200000, 2024-05-28T08:00:00Z",
        "1716883200123, 2024-05-28T08:00:00.123Z",
        "99999999999, 5138-11-16T09:46:39Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "0, 1970-01-01T00:00:00Z"
    })
    void recognizesSecondsAndMilliseconds(String timestamp, String expected) {
        assertThat(read("{\"timestamp\":" + timestamp + "}").occurredAt()).isEqualTo(expected);
    }

    @Test
    void usesLastValueOfRepeatedKey() {
        Envelope envelope = read("{\"type\":\"a\",\"type\":\"b\",\"timestamp\":1,\"timestamp\":\"x\","
                + "\"data\":{\"id\":\"1\",\"id\":\"2\"},\"instance_id\":\"i\",\"instance_id\":null,"
                + "\"event_attributes\":{\"http_request\":{\"client_ip\":\"a\"}},\"event_attributes\":{}}");

        assertThat(envelope).isEqualTo(new Envelope("b", "2", null, null, null, null));
        assertThat(read("{\"data\":{\"id\":\"1\"},\"data\":{}}").entityId()).isNull();
        assertThat(read("{\"event_attributes\":{\"http_request\":{\"client_ip\":\"a\",\"user_agent\":\"b\"},"
                        + "\"http_request\":{\"user_agent\":\"c\"}}}"))
                .isEqualTo(new Envelope(null, null, null, null, null, "c"));
        assertThat(read("{\"event_attributes\":{\"http_request\":{\"client_ip\":\"a\"},\"http_request\":1}}")
                        .clientIp())
                .isNull();
    }

    @Test
    void keepsNulCharactersInStrings() {
        assertThat(read("{\"type\":\"a\\u0000b\",\"data\":{\"id\":\"\\u0000\"}}"))
                .isEqualTo(new Envelope("a\0b", "\0", null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "\"text\"", "1", "null", "true", "", " ", "\n", "{} {}", "{}x", "{},"})
    void rejectsPayloadThatIsNotOneObject(String payload) {
        assertThat(refused(payload.getBytes(UTF_8))).isIn("not-a-json-object", "not-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":tru}",
                "{\"data\":{\"b\":[1,]}}",
                "/**/{}",
                "{\"a\":1}}",
                "{\"skipped\":\"\\q\"}"
            })
    void rejectsMalformedJson(String payload) {
        assertThat(refused(payload.getBytes(UTF_8))).isIn("not-json", "not-a-json-object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void rejectsOtherEncodings(String charset) {
        assertThat(refused("{\"type\":\"user.created\"}".getBytes(Charset.forName(charset))))
                .isIn("not-utf-8", "byte-order-mark");
    }

    @Test
    void rejectsByteOrderMarks() {
        assertThat(refused("\uFEFF{}".getBytes(UTF_8))).isEqualTo("byte-order-mark");
        assertThat(refused("{}".getBytes(UTF_16))).isEqualTo("byte-order-mark");
        assertThat(refused("\uFEFF{}".getBytes(UTF_16LE))).isEqualTo("byte-order-mark");
        assertThat(refused("{}".getBytes(UTF_16BE))).isEqualTo("not-utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "ff",
                "c0af",
                "c1bf",
                "e080af",
                "f08080af",
                "eda080",
                "edbfbf",
                "f4908080",
                "f5808080",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "fe"
            })
    void rejectsIllFormedUtf8Anywhere(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);

        assertThat(refused(around("{\"type\":\"", bad, "\"}"))).isEqualTo("not-utf-8");
        assertThat(refused(around("{\"skipped\":[\"", bad, "\"]}"))).isEqualTo("not-utf-8");
        assertThat(refused(around("{\"", bad, "\":1}"))).isEqualTo("not-utf-8");
    }

    @Test
    void acceptsWellFormedUtf8OfEveryLength() {
        assertThat(read("{\"type\":\"aé€😀\u07FF\uFFFD\uDBFF\uDFFF\"}").type())
                .isEqualTo("aé€😀\u07FF\uFFFD\uDBFF\uDFFF");
    }

    @Test
    void acceptsAtMostFiveHundredLevels() {
        int arrays = PayloadJson.MAX_DEPTH - 1;

        assertThat(read("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + ",\"type\":\"t\"}")
                        .type())
                .isEqualTo("t");
        assertThat(refused(("{\"a\":" + "[".repeat(arrays + 1) + "]".repeat(arrays + 1) + "}").getBytes(UTF_8)))
                .isEqualTo("nested-too-deep");
        assertThat(refused(("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}").getBytes(UTF_8)))
                .isEqualTo("nested-too-deep");
        assertThat(refused("{\"a\":".repeat(50_000).getBytes(UTF_8))).isEqualTo("nested-too-deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"" + SECRET + "\\q\"}",
                "{\"code\":" + SECRET + "}",
                SECRET,
                "{\"a\":\"" + SECRET,
                "{} " + SECRET
            })
    void keepsPayloadOutOfErrorMessages(String payload) {
        var refused = catchThrowableOfType(UnreadablePayloadException.class, () -> read(payload));

        assertThat(refused).hasNoCause().hasMessageNotContainingAny("otp", "123456");
    }

    private static byte[] around(String before, byte[] middle, String after) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(UTF_8));
        out.writeBytes(middle);
        out.writeBytes(after.getBytes(UTF_8));
        return out.toByteArray();
    }

    private static String refused(byte[] payload) {
        return catchThrowableOfType(UnreadablePayloadException.class, () -> EnvelopeReader.read(payload))
                .code();
    }

    private static Envelope read(String payload) {
        return EnvelopeReader.read(payload.getBytes(UTF_8));
    }
}
