package io.github.bellhop.signature;

import static io.github.bellhop.signature.TestDelivery.OTHER_SECRET;
import static io.github.bellhop.signature.TestDelivery.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {
    private static final String BASE64 = SECRET.substring(6);

    private final TestDelivery delivery = TestDelivery.of("{}");

    @Test
    void parsesSecretWithAndWithoutPrefix() {
        assertThat(delivery.verifiedWith(SECRET)).isEqualTo("valid");
        assertThat(delivery.verifiedWith(BASE64)).isEqualTo("valid");
    }

    @Test
    void parsesListWithSpacesAroundCommas() {
        assertThat(SigningSecret.parseList(SECRET)).hasSize(1);
        assertThat(SigningSecret.parseList("  " + SECRET + " ,\t" + OTHER_SECRET + " "))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_====", "whpk_", "whsk_"})
    void rejectsEmptyKey(String text) {
        assertThatThrownBy(() -> SigningSecret.parse(text)).isInstanceOf(InvalidSecretException.class);
    }

    @Test
    void distinguishesEmptyKeyFromMalformedKey() {
        assertThat(refusal("").code()).isEqualTo("secret-empty");
        assertThat(refusal("whsec_").code()).isEqualTo("secret-empty");
        assertThat(refusal("whsec_!").code()).isEqualTo("secret-invalid");
    }

    @Test
    void rejectsEmptyEntryInList() {
        assertThatThrownBy(() -> SigningSecret.parseList(SECRET + ",, " + OTHER_SECRET))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("number 2");
        assertThatThrownBy(() -> SigningSecret.parseList(SECRET + ","))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("number 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "'%s'", "`%s`", "\u201c%s\u201d", "\"%s", "%s'"})
    void reportsQuotationMarksAroundSecret(String form) {
        assertThat(refusal(form.formatted(SECRET)).getMessage())
                .contains("quotation marks")
                .doesNotContain("cut short", BASE64);
        assertThatThrownBy(() -> SigningSecret.parseList(form.formatted(SECRET) + "," + OTHER_SECRET))
                .hasMessageContaining("number 1: The signing secret has quotation marks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_test_", "sk_live_", "pk_test_", "pk_live_"})
    void rejectsApiKeyWithExplanation(String prefix) {
        String key = prefix + "NeverShowThisPart";
        assertThat(refusal(key).getMessage())
                .contains("API keys")
                .contains("whsec_")
                .doesNotContain("NeverShowThisPart");
    }

    @Test
    void rejectsWhiteSpaceInsideSecret() {
        for (String space : new String[] {" ", "\n", "\t", "\r", "\u00A0", "\uFEFF", "\0"}) {
            for (String text : new String[] {space + SECRET, SECRET + space, "whsec_" + space + BASE64}) {
                assertThat(refusal(text).code()).isEqualTo("secret-invalid");
            }
        }
    }

    @Test
    void rejectsNonCanonicalBase64() {
        // The base64 of this 25-byte key has padding, a slash and a plus, so the three alphabets differ.
        byte[] key = new byte[25];
        key[0] = (byte) 0xFB;
        key[1] = (byte) 0xFF;
        key[2] = (byte) 0xBF;
        String standard = Base64.getEncoder().encodeToString(key);
        assertThat(SigningSecret.parse("whsec_" + standard)).isNotNull();
        String urlSafe = Base64.getUrlEncoder().encodeToString(key);
        assertThat(urlSafe).isNotEqualTo(standard);
        assertThat(refusal("whsec_" + urlSafe).code()).isEqualTo("secret-invalid");
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(key);
        assertThat(refusal("whsec_" + unpadded).code()).isEqualTo("secret-invalid");
        assertThat(refusal("whsec_" + standard + "=").code()).isEqualTo("secret-invalid");
        assertThat(refusal("whsec_" + unpadded.substring(0, 33) + "B==").code()).isEqualTo("secret-invalid");
        assertThat(refusal("whsec_" + standard.substring(1)).code()).isEqualTo("secret-invalid");
    }

    @Test
    void neverAppearsInMessages() {
        for (String text : new String[] {SECRET + " ", SECRET.replace('A', '_') + "!", SECRET.substring(0, 20)}) {
            assertThat(refusal(text).toString())
                    .doesNotContain(BASE64.substring(0, 8))
                    .doesNotContain(BASE64.substring(BASE64.length() - 8));
            assertThat(refusal(text).getCause()).isNull();
        }
    }

    @Test
    void toStringShowsOnlyKind() throws Exception {
        TestKeyPair keys = TestKeyPair.fresh();
        assertThat(SigningSecret.parse(SECRET)).hasToString("SigningSecret[HMAC]");
        assertThat(SigningSecret.parse(keys.publicText())).hasToString("SigningSecret[ED25519_PUBLIC]");
        assertThat(SigningSecret.parse(keys.privateText())).hasToString("SigningSecret[ED25519_PRIVATE]");
    }

    @Test
    void copiesGivenKey() {
        byte[] key = Base64.getDecoder().decode(BASE64);
        SigningSecret secret = SigningSecret.ofKey(key);
        key[0]++;
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(MessageSigner.with(secret).sign(TestDelivery.ID, TestDelivery.NOW.getEpochSecond(), body))
                .isEqualTo(delivery.header("svix-signature"));
    }

    private static InvalidSecretException refusal(String text) {
        InvalidSecretException refused =
                catchThrowableOfType(InvalidSecretException.class, () -> SigningSecret.parse(text));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
