package io.github.bellhop.signature;

import static io.github.bellhop.signature.TestDelivery.ID;
import static io.github.bellhop.signature.TestDelivery.NOW;
import static io.github.bellhop.signature.TestDelivery.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class Ed25519SignatureTest {
    private static final byte[] BODY = "{\"type\":\"user.created\"}".getBytes(StandardCharsets.UTF_8);

    private final TestKeyPair keys;
    private final TestDelivery delivery;

    Ed25519SignatureTest() throws GeneralSecurityException {
        keys = TestKeyPair.fresh();
        delivery = TestDelivery.signed(keys.privateText(), ID, NOW.getEpochSecond(), BODY);
    }

    @Test
    void verifiesSignatureOfPrivateKeyWithPublicKey() {
        assertThat(delivery.header("svix-signature")).startsWith("v1a,").hasSize(4 + 88);
        assertThat(delivery.verifiedWith(keys.publicText())).isEqualTo("valid");
    }

    @Test
    void rejectsSignatureOfAnotherKey() throws GeneralSecurityException {
        assertThat(delivery.verifiedWith(TestKeyPair.fresh().publicText())).isEqualTo("no-matching-signature");
    }

    @Test
    void rejectsChangedBody() {
        assertThat(delivery.withBitFlipped(0).verifiedWith(keys.publicText())).isEqualTo("no-matching-signature");
    }

    @Test
    void verifiesTogetherWithSharedKey() {
        TestDelivery shared = TestDelivery.of(BODY);
        String secrets = SECRET + "," + keys.publicText();
        assertThat(delivery.verifiedWith(secrets)).isEqualTo("valid");
        assertThat(shared.verifiedWith(secrets)).isEqualTo("valid");
        String both = shared.header("svix-signature") + " " + delivery.header("svix-signature");
        assertThat(delivery.with("svix-signature", both).verifiedWith(keys.publicText()))
                .isEqualTo("valid");
    }

    @Test
    void neverConfusesTheTwoSchemes() {
        String asV1 = delivery.header("svix-signature").replace("v1a,", "v1,");
        assertThat(delivery.with("svix-signature", asV1).verifiedWith(keys.publicText()))
                .isEqualTo("no-matching-signature");
        assertThat(delivery.with("svix-signature", asV1).verifiedWith(SECRET)).isEqualTo("no-matching-signature");
    }

    @Test
    void rejectsSignatureThatIsNotCanonicalBase64() {
        String right = delivery.header("svix-signature");
        for (String entry : List.of(
                right.replace("=", ""),
                right.substring(0, right.length() - 8),
                right + "AAAA",
                "v1a,",
                "v1a,!!!!",
                "v1a")) {
            assertThat(delivery.with("svix-signature", entry).verifiedWith(keys.publicText()))
                    .as(entry)
                    .isEqualTo("no-matching-signature");
        }
    }

    @Test
    void verifierRejectsPrivateKey() {
        assertThatThrownBy(() -> SignatureVerifier.of(SigningSecret.parseList(keys.privateText())))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("whpk_")
                .hasMessageNotContaining(keys.privateText().substring(5));
    }

    @Test
    void signerRejectsPublicKey() {
        SigningSecret secret = SigningSecret.parse(keys.publicText());
        assertThatThrownBy(() -> MessageSigner.with(secret))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("whsk_");
    }

    @Test
    void rejectsKeysOfWrongLength() {
        for (String prefix : List.of("whpk_", "whsk_")) {
            for (int length : new int[] {1, 31, 33, 63, 65}) {
                String text = prefix + Base64.getEncoder().encodeToString(new byte[length]);
                assertThatThrownBy(() -> SigningSecret.parse(text)).as(text).isInstanceOf(InvalidSecretException.class);
            }
        }
    }

    @Test
    void rejectsHalvesOfDifferentKeyPairs() throws GeneralSecurityException {
        byte[] mixed = Base64.getDecoder().decode(keys.privateText().substring(5));
        byte[] other =
                Base64.getDecoder().decode(TestKeyPair.fresh().publicText().substring(5));
        System.arraycopy(other, 0, mixed, Ed25519.KEY_BYTES, Ed25519.KEY_BYTES);
        String text = "whsk_" + Base64.getEncoder().encodeToString(mixed);
        assertThatThrownBy(() -> SigningSecret.parse(text))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("do not match");
    }
}
