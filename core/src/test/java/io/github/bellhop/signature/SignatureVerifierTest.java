package io.github.bellhop.signature;

import static io.github.bellhop.signature.TestDelivery.ID;
import static io.github.bellhop.signature.TestDelivery.NOW;
import static io.github.bellhop.signature.TestDelivery.OTHER_SECRET;
import static io.github.bellhop.signature.TestDelivery.SECRET;
import static io.github.bellhop.signature.TestDelivery.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
    private static final byte[] BODY = "{\"type\":\"user.created\"}".getBytes(StandardCharsets.UTF_8);
    private static final long SECONDS = NOW.getEpochSecond();

    private final TestDelivery delivery = TestDelivery.of(BODY);

    @Test
    void acceptsDeliverySignedNow() {
        assertThat(delivery.verifiedWith(SECRET)).isEqualTo("valid");
    }

    @Test
    void returnsMessageId() {
        SignatureVerifier verifier = verifierAt(SECONDS);
        assertThat(verifier.verify(DeliveryHeaders.of(delivery.headers()), BODY))
                .isEqualTo(new Verification.Verified(ID));
    }

    @Test
    void acceptsUnbrandedHeaders() {
        assertThat(delivery.renamed("webhook-").verifiedWith(SECRET)).isEqualTo("valid");
    }

    @Test
    void rejectsOtherHeaderPrefixes() {
        assertThat(delivery.renamed("hook-").verifiedWith(SECRET)).isEqualTo("missing-headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svix-id", "svix-timestamp", "svix-signature"})
    void rejectsMissingHeader(String header) {
        assertThat(delivery.with(header).verifiedWith(SECRET)).isEqualTo("missing-headers");
        assertThat(delivery.with(header, "").verifiedWith(SECRET)).isEqualTo("missing-headers");
        assertThat(delivery.with(header, "  ").verifiedWith(SECRET)).isEqualTo("missing-headers");
    }

    @Test
    void namesOnlyMissingHeaders() {
        HeaderCheck check = verifierAt(SECONDS)
                .checkHeaders(DeliveryHeaders.of(
                        delivery.with("svix-id").with("svix-signature").headers()));
        assertThat(check.<String>fold(plausible -> "plausible", Verification.Rejected::detail))
                .isEqualTo("missing: svix-id, svix-signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svix-id", "svix-timestamp", "svix-signature"})
    void rejectsRepeatedHeaderEvenWithSameValue(String header) {
        String value = delivery.header(header);
        assertThat(delivery.with(header, value, value).verifiedWith(SECRET)).isEqualTo("invalid-headers");
    }

    @Test
    void rejectsHeaderLinesJoinedByProxy() {
        String right = delivery.header("svix-signature");
        String wrong = sign(OTHER_SECRET, ID, SECONDS, BODY);
        assertThat(delivery.with("svix-signature", right + ", " + wrong).verifiedWith(SECRET))
                .isEqualTo("invalid-headers");
        assertThat(delivery.with("svix-signature", wrong + "," + right).verifiedWith(SECRET))
                .isEqualTo("invalid-headers");
        assertThat(delivery.with("svix-id", ID + ", " + ID).verifiedWith(SECRET))
                .isEqualTo("invalid-headers");
        assertThat(delivery.with("svix-timestamp", SECONDS + ", " + SECONDS).verifiedWith(SECRET))
                .isEqualTo("timestamp-invalid");
    }

    @Test
    void rejectsPartialSetNextToFullSetOfOtherKind() {
        TestDelivery unbranded = delivery.renamed("webhook-");
        assertThat(unbranded.with("svix-id", ID).verifiedWith(SECRET)).isEqualTo("missing-headers");
        assertThat(unbranded
                        .with("svix-id", ID)
                        .with("svix-timestamp", Long.toString(SECONDS))
                        .verifiedWith(SECRET))
                .isEqualTo("missing-headers");
        assertThat(unbranded
                        .with("svix-signature", delivery.header("svix-signature"))
                        .verifiedWith(SECRET))
                .isEqualTo("missing-headers");
    }

    @Test
    void prefersBrandedHeadersIfBothSetsAreComplete() {
        TestDelivery unbranded = delivery.renamed("webhook-");
        String wrong = sign(OTHER_SECRET, ID, SECONDS, BODY);
        TestDelivery both = delivery.with("webhook-id", unbranded.header("webhook-id"))
                .with("webhook-timestamp", unbranded.header("webhook-timestamp"));
        assertThat(both.with("webhook-signature", wrong).verifiedWith(SECRET)).isEqualTo("valid");
        assertThat(both.with("webhook-signature", unbranded.header("webhook-signature"))
                        .with("svix-signature", wrong)
                        .verifiedWith(SECRET))
                .isEqualTo("no-matching-signature");
    }

    @ParameterizedTest
    @CsvSource({
        "0, valid",
        "300, valid",
        "-300, valid",
        "301, timestamp-too-old",
        "-301, timestamp-too-new",
    })
    void toleratesFiveMinutesInBothDirections(long age, String outcome) {
        assertThat(delivery.verifiedBy(verifierAt(SECONDS + age))).isEqualTo(outcome);
    }

    @Test
    void acceptsCustomTolerance() {
        SignatureVerifier strict = SignatureVerifier.of(
                SigningSecret.parseList(SECRET), InstantSource.fixed(NOW.plusSeconds(11)), Duration.ofSeconds(10));
        assertThat(delivery.verifiedBy(strict)).isEqualTo("timestamp-too-old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1800000000",
                "01800000000",
                "-1800000000",
                "1800000000.0",
                "1.8e9",
                "0x6B49D200",
                " 1800000000",
                "1800000000 ",
                "18000 00000",
                "99999999999999999999",
                "9223372036854775808",
                "١٨٠٠٠٠٠٠٠٠",
                "now"
            })
    void rejectsTimestampThatIsNotPlainSeconds(String timestamp) {
        assertThat(delivery.with("svix-timestamp", timestamp).verifiedWith(SECRET))
                .isEqualTo("timestamp-invalid");
    }

    @Test
    void rejectsMillisecondsAsTooNew() {
        assertThat(delivery.with("svix-timestamp", SECONDS + "000").verifiedWith(SECRET))
                .isEqualTo("timestamp-too-new");
        assertThat(delivery.with("svix-timestamp", Long.toString(Long.MAX_VALUE))
                        .verifiedWith(SECRET))
                .isEqualTo("timestamp-too-new");
    }

    @Test
    void acceptsIdsUpTo255Characters() {
        assertThat(withId("i".repeat(255)).verifiedWith(SECRET)).isEqualTo("valid");
        assertThat(withId("i".repeat(256)).verifiedWith(SECRET)).isEqualTo("invalid-headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg_1.1800000000", ".", "msg 1", "msg\t1", "msg_\u007F", "msg_ä", " msg_1", "msg_1 "})
    void rejectsIdsWithDotOrUnprintableCharacters(String id) {
        assertThat(withId(id).verifiedWith(SECRET)).isEqualTo("invalid-headers");
    }

    @Test
    void acceptsSignatureOfAnySecret() {
        String old = sign(OTHER_SECRET, ID, SECONDS, BODY);
        assertThat(delivery.verifiedWith(OTHER_SECRET + ", " + SECRET)).isEqualTo("valid");
        assertThat(delivery.with("svix-signature", old).verifiedWith(OTHER_SECRET + " , " + SECRET))
                .isEqualTo("valid");
        assertThat(delivery.verifiedWith(OTHER_SECRET)).isEqualTo("no-matching-signature");
        assertThat(delivery.verifiedWith(OTHER_SECRET + "," + TestDelivery.secret("a third one")))
                .isEqualTo("no-matching-signature");
    }

    @Test
    void findsMatchingEntryAnywhereInList() {
        String right = delivery.header("svix-signature");
        String wrong = sign(OTHER_SECRET, ID, SECONDS, BODY);
        for (String list : List.of(
                right + " " + wrong,
                wrong + " " + right,
                wrong + "  " + right,
                " " + right + " ",
                "v2,abc " + right,
                "nonsense " + right,
                "v1, " + right,
                "v1 " + right)) {
            assertThat(delivery.with("svix-signature", list).verifiedWith(SECRET))
                    .as(list)
                    .isEqualTo("valid");
        }
    }

    @Test
    void rejectsEntryThatDiffersFromExpectedOne() {
        String right = delivery.header("svix-signature");
        String base64 = right.substring(3);
        for (String entry : List.of(
                "v1," + base64.replace("=", ""),
                "v1," + base64 + "=",
                "v1," + base64 + "AAAA",
                "v1," + base64.substring(0, 43),
                "v2," + base64,
                "v1a," + base64,
                "V1," + base64,
                "v1=" + base64,
                base64,
                "," + base64,
                "v1,",
                "v1",
                "\t" + right)) {
            assertThat(delivery.with("svix-signature", entry).verifiedWith(SECRET))
                    .as(entry)
                    .isEqualTo("no-matching-signature");
        }
        assertThat(delivery.with("svix-signature", right + ",more").verifiedWith(SECRET))
                .isEqualTo("invalid-headers");
    }

    @Test
    void rejectsUrlSafeBase64() {
        byte[] body = bodyWhoseSignatureHolds('/');
        TestDelivery slashed = TestDelivery.of(body);
        String urlSafe = slashed.header("svix-signature").replace('/', '_');
        assertThat(slashed.verifiedWith(SECRET)).isEqualTo("valid");
        assertThat(slashed.with("svix-signature", urlSafe).verifiedWith(SECRET)).isEqualTo("no-matching-signature");
    }

    @Test
    void verifiesRawBytesInsteadOfText() {
        byte[] notUtf8 = {'{', (byte) 0xFF, '}'};
        byte[] replaced = "{\uFFFD}".getBytes(StandardCharsets.UTF_8);
        assertThat(TestDelivery.of(notUtf8).verifiedWith(SECRET)).isEqualTo("valid");
        assertThat(TestDelivery.of(replaced).withBody(notUtf8).verifiedWith(SECRET))
                .isEqualTo("no-matching-signature");
        assertThat(TestDelivery.of(new byte[0]).verifiedWith(SECRET)).isEqualTo("valid");
    }

    @Test
    void requiresASecret() {
        assertThatThrownBy(() -> SignatureVerifier.of(List.of()))
                .isInstanceOfSatisfying(
                        InvalidSecretException.class,
                        refused -> assertThat(refused.code()).isEqualTo("secret-empty"));
    }

    @Test
    void toStringShowsNoSignature() {
        HeaderCheck check = verifierAt(SECONDS).checkHeaders(DeliveryHeaders.of(delivery.headers()));
        assertThat(check.toString())
                .contains(ID)
                .doesNotContain(delivery.header("svix-signature").substring(3));
    }

    private static byte[] bodyWhoseSignatureHolds(char wanted) {
        for (int i = 0; ; i++) {
            byte[] body = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            if (sign(SECRET, ID, SECONDS, body).indexOf(wanted) >= 0) {
                return body;
            }
        }
    }

    private static TestDelivery withId(String id) {
        return TestDelivery.signed(SECRET, id, SECONDS, BODY);
    }

    private static SignatureVerifier verifierAt(long seconds) {
        return SignatureVerifier.of(
                SigningSecret.parseList(SECRET),
                InstantSource.fixed(Instant.ofEpochSecond(seconds)),
                SignatureVerifier.DEFAULT_TOLERANCE);
    }
}
