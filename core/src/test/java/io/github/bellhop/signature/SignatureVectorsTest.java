package io.github.bellhop.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.bellhop.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests against signature vectors from Svix, Standard Webhooks and Clerk, if they exist next to the project. */
class SignatureVectorsTest {
    /** Bellhop's results for vectors on which the official libraries disagree, as listed in docs/security.md. */
    private static final Map<String, String> DIVERGENT = Map.ofEntries(
            Map.entry("partial-branded-plus-unbranded", "missing-headers"),
            Map.entry("empty-id", "missing-headers"),
            Map.entry("multi-comma-space-joined", "invalid-headers"),
            Map.entry("multi-valid-first-comma-space-joined", "invalid-headers"),
            Map.entry("multi-two-header-lines-valid-second", "invalid-headers"),
            Map.entry("malformed-extra-comma-part", "invalid-headers"),
            Map.entry("clerk-trims-id", "invalid-headers"),
            Map.entry("ambiguity-id-holds-timestamp", "invalid-headers"),
            Map.entry("ts-plus-sign-signed-canonical", "timestamp-invalid"),
            Map.entry("ts-plus-sign-signed-raw", "timestamp-invalid"),
            Map.entry("ts-leading-zero-signed-raw", "timestamp-invalid"),
            Map.entry("ts-trailing-space", "timestamp-invalid"),
            Map.entry("ts-decimal-point", "timestamp-invalid"),
            Map.entry("ts-arabic-indic-digits", "timestamp-invalid"),
            Map.entry("malformed-unpadded-signature", "no-matching-signature"),
            Map.entry("payload-utf8-replacement-collision", "no-matching-signature"),
            Map.entry("payload-bom", "valid"),
            Map.entry("payload-invalid-utf8-signed-bytes", "valid"),
            Map.entry("payload-lone-surrogate-cesu", "valid"),
            Map.entry("secret-leading-space", "secret-invalid"),
            Map.entry("secret-unpadded-one", "secret-invalid"),
            Map.entry("secret-unpadded-two", "secret-invalid"));

    @TestFactory
    Stream<DynamicTest> everyVectorComesOutAsExpected() throws IOException {
        return SharedData.tests("data/signature-vectors.json", SignatureVectorsTest::vectors);
    }

    private static Stream<DynamicTest> vectors(Path file) throws IOException {
        JsonNode vectors =
                JsonMapper.shared().readTree(Files.readAllBytes(file)).get("vectors");
        assertThat(vectors.size()).isGreaterThan(100);
        return vectors.valueStream()
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asString(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        String outcome = outcome(vector);
        String expected = vector.get("expected").asString();
        switch (expected) {
            case "valid" -> assertThat(outcome).isEqualTo("valid");
            case "secret_error" ->
                assertThat(outcome)
                        .isEqualTo(vector.get("expected_reason").asString().replace('_', '-'));
            case "invalid" -> {
                assertThat(outcome).isNotEqualTo("valid");
                if (vector.has("expected_reason")) {
                    assertThat(outcome)
                            .isEqualTo(vector.get("expected_reason").asString().replace('_', '-'));
                }
            }
            case "divergent" ->
                assertThat(outcome).isEqualTo(DIVERGENT.get(vector.get("id").asString()));
            default -> fail("unknown expectation " + expected);
        }
        if (vector.get("kind").asString().equals("sign+verify")) {
            assertThat(sign(vector)).isEqualTo(vector.get("signature").asString());
        }
    }

    private static String sign(JsonNode vector) {
        return MessageSigner.with(secret(vector))
                .sign(vector.get("msg_id").asString(), vector.get("timestamp").asLong(), body(vector));
    }

    private static String outcome(JsonNode vector) {
        try {
            if (vector.get("kind").asString().equals("secret-validation")) {
                SigningSecret.parse(vector.get("secret").asString());
                return "valid";
            }
            InstantSource clock =
                    InstantSource.fixed(Instant.ofEpochSecond(vector.get("now").asLong()));
            Duration tolerance =
                    Duration.ofSeconds(vector.get("tolerance_seconds").asLong());
            return SignatureVerifier.of(List.of(secret(vector)), clock, tolerance)
                    .verify(headers(vector), body(vector))
                    .fold(verified -> "valid", rejected -> rejected.reason().id());
        } catch (InvalidSecretException refused) {
            return refused.code();
        }
    }

    private static SigningSecret secret(JsonNode vector) {
        if (vector.has("public_key")) {
            return SigningSecret.parse(vector.get("public_key").asString());
        }
        if (vector.has("secret_raw_base64")) {
            return SigningSecret.ofKey(
                    Base64.getDecoder().decode(vector.get("secret_raw_base64").asString()));
        }
        return SigningSecret.parse(vector.get("secret").asString());
    }

    private static DeliveryHeaders headers(JsonNode vector) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        vector.get("headers")
                .forEach(pair ->
                        lines.add(Map.entry(pair.get(0).asString(), pair.get(1).asString())));
        return name -> lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static byte[] body(JsonNode vector) {
        if (vector.has("body_repeat")) {
            JsonNode repeat = vector.get("body_repeat");
            return repeat.get("text")
                    .asString()
                    .repeat(repeat.get("count").asInt())
                    .getBytes(StandardCharsets.UTF_8);
        }
        return Base64.getDecoder().decode(vector.get("body_base64").asString());
    }
}
