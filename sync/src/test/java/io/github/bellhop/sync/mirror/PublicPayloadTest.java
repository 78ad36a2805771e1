package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PublicPayloadTest {
    private static String shown(String type, String payload) {
        return new String(PublicPayload.of(type, payload.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
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
    void takesEveryObjectOfAnArrayForTheArrays() {
        assertThat(shown("user.updated", """
                        {"data":[{"verification":[{"id":"v","public_metadata":{}},{"message":"m","url":"u","id":"w"}]}]}"""))
                .isEqualTo("{\"data\":[{\"verification\":[{\"id\":\"v\",\"public_metadata\":{}},{\"id\":\"w\"}]}]}");
    }

    @Test
    void withholdsWhatMessagesToPeopleSaid() {
        String email = """
                {"type":"email.created","data":{"id":"ema_1","subject":"123456 is your code","body":"<p>123456",\
                "body_plain":"123456","data":{"otp_code":"123456"},"user_id":"user_1","status":"queued"}}""";
        assertThat(shown("email.created", email))
                .isEqualTo("{\"type\":\"email.created\",\"data\":{\"id\":\"ema_1\",\"subject\":\"*** is your code\","
                        + "\"user_id\":\"user_1\",\"status\":\"queued\"}}");
        assertThat(shown("sms.created", "{\"data\":{\"message\":\"123456\",\"data\":{},\"id\":\"sms_1\"}}"))
                .isEqualTo("{\"data\":{\"id\":\"sms_1\"}}");
        // The same words elsewhere are no secrets.
        assertThat(shown("user.created", "{\"data\":{\"message\":\"hello\",\"body\":\"b\",\"subject\":\"1234567\"}}"))
                .isEqualTo("{\"data\":{\"message\":\"hello\",\"body\":\"b\",\"subject\":\"1234567\"}}");
    }

    @Test
    void leavesNumbersAndTextsAsTheyAre() {
        String odd = "{\"a\":1.10,\"b\":1e400,\"c\":123456789012345678901234567890,\"d\":[true,null,\"\\u0000é\"],"
                + "\"\":{\"\":\"\"}}";
        assertThat(shown("user.created", odd)).isEqualTo(odd);
        assertThat(shown(null, "{}")).isEqualTo("{}");
    }
}
