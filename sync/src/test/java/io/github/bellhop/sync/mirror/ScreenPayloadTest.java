package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the view for screens that other people can see. */
class ScreenPayloadTest {
    private static final String ODD =
            "{\"a\":1.10,\"b\":1E400,\"c\":-0.0,\"d\":0.1234567890123456789012345678901234567890," + "\"e\":"
                    + "9".repeat(1_200) + ",\"f\":[1e-400,true,null,\"\u00e9\"],\"\":{\"\":\"\"}}";

    private static final String ALPHABET = "a@@@<> \t\n\"\u00a0\u00e9";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String masked(@Nullable String type, String payload) {
        return new ShownPayload(PayloadView.SCREEN, type, utf8(payload)).line();
    }

    private static ShownPayload whole(String payload) {
        return new ShownPayload(PayloadView.WHOLE, null, utf8(payload));
    }

    /** Properties that are withheld from developers must not appear on a screen either. */
    @Test
    void masksPropertiesWithheldFromDevelopers() {
        assertThat(masked("user.updated", """
                        {"type":"user.updated","data":{"id":"user_1","backup_codes":["one"],"private_metadata":{"a":1},
                        "web3_wallets":[{"verification":{"nonce":"n","message":"sign this","status":"unverified"}}],
                        "url":"https://accounts.example.com/accept?ticket=t","first_name":"Ann"}}"""))
                .isEqualTo("{\"type\":\"user.updated\",\"data\":{\"id\":\"user_1\",\"backup_codes\":\"***\","
                        + "\"private_metadata\":\"***\",\"web3_wallets\":[{\"verification\":{\"nonce\":\"***\","
                        + "\"message\":\"***\",\"status\":\"unverified\"}}],\"url\":\"***\",\"first_name\":\"Ann\"}}");
    }

    @Test
    void masksWholeValuesAndKeepsEmptyOnes() {
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
    void masksContentOnlyOfEmailsAndTextMessages() {
        String message =
                "{\"data\":{\"body\":\"b\",\"subject\":\"s\",\"data\":{\"otp\":1},\"slug\":\"code\"},\"body\":\"x\"}";
        assertThat(masked("Email.created", message))
                .isEqualTo("{\"data\":{\"body\":\"***\",\"subject\":\"***\",\"data\":\"***\",\"slug\":\"code\"},"
                        + "\"body\":\"x\"}");
        assertThat(masked("user.created", message)).isEqualTo(message);
        assertThat(masked(null, message)).isEqualTo(message);
    }

    @Test
    void keepsNumbersAsWritten() {
        assertThat(masked("user.created", ODD)).isEqualTo(ODD);
        assertThat(whole(ODD).line()).isEqualTo(ODD);
        assertThat(whole(ODD).indented().replaceAll("\\s+", "")).isEqualTo(ODD);
        assertThat(whole("{\"token\":\"ann@example.com\"}").indented().lines())
                .containsExactly("{", "  \"token\" : \"ann@example.com\"", "}");
    }

    @Test
    void showsPayloadOfMaximumDepth() {
        String deep = "{\"a\":".repeat(499) + "{}" + "}".repeat(499);
        assertThat(masked("user.created", deep)).isEqualTo(deep);
    }

    /** A search that restarts at every letter would read the text a million times. */
    @Test
    void masksAMegabyteInLinearTime() {
        for (String letters : List.of("a", "@", "a<", "@ ", "a@a", "\\u3164")) {
            String huge = letters.repeat(1_000_000 / letters.length());
            String payload = "{\"data\":{\"first_name\":\"" + huge + "\"}}";
            String shown = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> masked("user.created", payload));
            assertThat(shown.contains("***")).as(letters).isEqualTo(letters.equals("a@a"));
        }
    }

    @Test
    void masksSameStringsAsRegexForAddresses() {
        Pattern address = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+");
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(8), 0, ALPHABET.length())
                    .mapToObj(place -> ALPHABET.substring(place, place + 1))
                    .collect(Collectors.joining());
            assertThat(ShownPayload.hasAddress(text))
                    .as(text)
                    .isEqualTo(address.matcher(text).find());
        }
    }

    @Test
    void acceptsUnpairedSurrogateInKey() {
        assertThat(masked("user.created", "{\"\\ud800\":1}")).startsWith("{\"").endsWith("\":1}");
    }
}
