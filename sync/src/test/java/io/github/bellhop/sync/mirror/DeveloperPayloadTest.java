package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.PayloadTree.JsonNumber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the developers' view of payloads. */
class DeveloperPayloadTest {
    /** Keys that affect what is withheld, and about as many that do not. */
    private static final List<String> KEYS = List.of(
            "url",
            "message",
            "verification",
            "public_metadata",
            "unsafe_metadata",
            "private_metadata",
            "nonce",
            "otp_code",
            "backup_codes",
            "list",
            "id",
            "data",
            "metadata",
            "name");

    private static String shown(@Nullable String type, String payload) {
        return new ShownPayload(PayloadView.DEVELOPERS, type, payload.getBytes(StandardCharsets.UTF_8)).line();
    }

    @Test
    void withholdsPrivateMetadataAndSecretsAtAnyDepth() {
        assertThat(shown("session.created", """
                        {"data": {"id": "sess_1", "private_metadata": {"a": [1]}, "user": {"id": "user_1",
                          "private_metadata": {"seed": "s"}, "public_metadata": {"url": "kept"},
                          "unsafe_metadata": {"b": 1}, "phone_numbers": [{"backup_codes": ["x"], "id": "idn_1"}],
                          "web3_wallets": [{"verification": {"nonce": "n", "message": "m", "status": "ok"}}]},
                          "url": "https://example.com/invite"}, "type": "session.created"}"""))
                .isEqualTo(
                        "{\"data\":{\"id\":\"sess_1\",\"user\":{\"id\":\"user_1\",\"public_metadata\":{\"url\":\"kept\"},"
                                + "\"unsafe_metadata\":{\"b\":1},\"phone_numbers\":[{\"id\":\"idn_1\"}],"
                                + "\"web3_wallets\":[{\"verification\":{\"status\":\"ok\"}}]}},\"type\":\"session.created\"}");
    }

    @Test
    void treatsObjectsInAnArrayLikeTheArraysProperty() {
        assertThat(shown("user.updated", """
                        {"data":[{"verification":[{"id":"v","public_metadata":{}},{"message":"m","url":"u","id":"w"}]}]}"""))
                .isEqualTo("{\"data\":[{\"verification\":[{\"id\":\"v\",\"public_metadata\":{}},{\"id\":\"w\"}]}]}");
    }

    @Test
    void withholdsContentOfEmailsAndTextMessages() {
        String email = """
                {"type":"email.created","data":{"id":"ema_1","subject":"123456 is your code","body":"<p>123456",\
                "body_plain":"123456","data":{"otp_code":"123456"},"user_id":"user_1","status":"queued"}}""";
        assertThat(shown("email.created", email))
                .isEqualTo("{\"type\":\"email.created\",\"data\":{\"id\":\"ema_1\",\"subject\":\"*** is your code\","
                        + "\"user_id\":\"user_1\",\"status\":\"queued\"}}");
        assertThat(shown("sms.created", "{\"data\":{\"message\":\"123456\",\"data\":{},\"id\":\"sms_1\"}}"))
                .isEqualTo("{\"data\":{\"id\":\"sms_1\"}}");
        // Elsewhere, the same keys are not secret.
        assertThat(shown("user.created", "{\"data\":{\"message\":\"hello\",\"body\":\"b\",\"subject\":\"1234567\"}}"))
                .isEqualTo("{\"data\":{\"message\":\"hello\",\"body\":\"b\",\"subject\":\"1234567\"}}");
    }

    @Test
    void tracksPropertyNameAcrossArrayElements() {
        assertThat(shown("user.created", """
                        {"data":{"list":[{"public_metadata":{}},{"url":"https://leak"},[[{"x_metadata":1}],{"url":"y"}]],
                          "public_metadata":[{"list":1},{"url":"kept"}],
                          "verification":[{"a":1},{"message":"m"}]}}"""))
                .isEqualTo("{\"data\":{\"list\":[{\"public_metadata\":{}},{},[[{\"x_metadata\":1}],{}]],"
                        + "\"public_metadata\":[{\"list\":1},{\"url\":\"kept\"}],\"verification\":[{\"a\":1},{}]}}");
    }

    @Test
    void withholdsSamePropertiesAsStoredView() {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Map<String, @Nullable Object> payload = object(random, 0);
            String text = JsonText.of(payload, PayloadView.WHOLE, new AtomicInteger());
            assertThat(shown("user.created", text))
                    .as("-Dbellhop.test.seed=%d, number %d: %s", seed, i, text)
                    .isEqualTo(JsonText.of(payload, PayloadView.STORED, new AtomicInteger()));
        }
    }

    private static Map<String, @Nullable Object> object(Random random, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(KEYS.get(random.nextInt(KEYS.size())), value(random, depth + 1));
        }
        return object;
    }

    private static @Nullable Object value(Random random, int depth) {
        int kind = random.nextInt(depth > 5 ? 4 : 9);
        if (kind < 4) {
            return Arrays.asList("text", JsonNumber.of("12"), true, null).get(kind);
        }
        if (kind < 7) {
            return object(random, depth);
        }
        List<@Nullable Object> array = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    @Test
    void keepsNumbersAndStringsUnchanged() {
        String odd = "{\"a\":1.10,\"b\":1e400,\"c\":123456789012345678901234567890,\"d\":[true,null,\"\\u0000é\"],"
                + "\"\":{\"\":\"\"}}";
        assertThat(shown("user.created", odd)).isEqualTo(odd);
        assertThat(shown(null, "{}")).isEqualTo("{}");
    }
}
