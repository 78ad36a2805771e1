package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTextTest {
    private static final String ODD =
            "{\"a\":1.10,\"b\":1E400,\"c\":-0.0,\"d\":0.1234567890123456789012345678901234567890," + "\"e\":"
                    + "9".repeat(1_200) + ",\"f\":[1e-400,true,null,\"\u00e9\"],\"\":{\"\":\"\"}}";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String masked(String type, String payload) {
        return PayloadText.masked(type, utf8(payload)).line();
    }

    /** What opens doors is withheld from developers; a screen must not show it either. */
    @Test
    void masksWhatIsWithheldElsewhere() {
        assertThat(masked("user.updated", """
                        {"type":"user.updated","data":{"id":"user_1","backup_codes":["one"],"private_metadata":{"a":1},
                        "web3_wallets":[{"verification":{"nonce":"n","message":"sign this","status":"unverified"}}],
                        "url":"https://accounts.example.com/accept?ticket=t","first_name":"Ann"}}"""))
                .isEqualTo("{\"type\":\"user.updated\",\"data\":{\"id\":\"user_1\",\"backup_codes\":\"***\","
                        + "\"private_metadata\":\"***\",\"web3_wallets\":[{\"verification\":{\"nonce\":\"***\","
                        + "\"message\":\"***\",\"status\":\"unverified\"}}],\"url\":\"***\",\"first_name\":\"Ann\"}}");
    }

    @Test
    void masksWholeValuesAndSaysWhichAreEmpty() {
        assertThat(masked("user.created", """
                        {"token":{"a":[{"b":[]}],"c":{}},"identifier":[[1],[2]],"ticket":7,"phone_number":null,
                        "private_metadata":{},"unsafe_metadata":[],"user_agent":"","list":["x","to ann@example.com"],
                        "identifiers":[{"email_address":"e"},{"public_metadata":{}},{"url":"u"}],"last":true}"""))
                .isEqualTo("{\"token\":\"***\",\"identifier\":\"***\",\"ticket\":\"***\",\"phone_number\":null,"
                        + "\"private_metadata\":{},\"unsafe_metadata\":[],\"user_agent\":\"***\","
                        + "\"list\":[\"x\",\"***\"],\"identifiers\":[{\"email_address\":\"***\"},"
                        + "{\"public_metadata\":{}},{\"url\":\"***\"}],\"last\":true}");
    }

    @Test
    void masksTheWordsOfMessagesToPeopleAlone() {
        String said =
                "{\"data\":{\"body\":\"b\",\"subject\":\"s\",\"data\":{\"otp\":1},\"slug\":\"code\"},\"body\":\"x\"}";
        assertThat(masked("Email.created", said))
                .isEqualTo("{\"data\":{\"body\":\"***\",\"subject\":\"***\",\"data\":\"***\",\"slug\":\"code\"},"
                        + "\"body\":\"x\"}");
        assertThat(masked("user.created", said)).isEqualTo(said);
        assertThat(masked(null, said)).isEqualTo(said);
    }

    @Test
    void leavesNumbersAsTheyWereWritten() {
        assertThat(masked("user.created", ODD)).isEqualTo(ODD);
        assertThat(PayloadText.whole(utf8(ODD)).line()).isEqualTo(ODD);
        assertThat(PayloadText.whole(utf8(ODD)).indented().replaceAll("\\s+", ""))
                .isEqualTo(ODD);
        assertThat(PayloadText.whole(utf8("{\"token\":\"ann@example.com\"}"))
                        .indented()
                        .lines())
                .containsExactly("{", "  \"token\" : \"ann@example.com\"", "}");
    }

    @Test
    void showsWhatNestsAsDeepAsIsAccepted() {
        String deep = "{\"a\":".repeat(499) + "{}" + "}".repeat(499);
        assertThat(masked("user.created", deep)).isEqualTo(deep);
    }

    @Test
    void takesHalfASurrogatePairInAName() {
        assertThat(masked("user.created", "{\"\\ud800\":1}")).startsWith("{\"").endsWith("\":1}");
    }
}
