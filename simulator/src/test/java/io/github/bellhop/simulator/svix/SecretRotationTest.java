package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.simulator.svix.SvixBench.Got;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRotationTest {
    private static final String GIVEN = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    private final SvixBench bench = new SvixBench();
    private final Endpoint endpoint = bench.endpoint();

    @Test
    void generatesSecretsLikeSvix() {
        assertThat(bench.secret(endpoint)).matches("whsec_[A-Za-z0-9+/]{32}");
    }

    @Test
    void signsWithCurrentThenOldSecretInGracePeriod() {
        String old = bench.secret(endpoint);
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), null, Duration.ofHours(1));
        String current = bench.secret(endpoint);
        assertThat(current).isNotEqualTo(old);
        bench.send();
        Got both = bench.got.get(0);
        assertThat(both.signatures().split(" ")).hasSize(2);
        assertThat(bench.verdict(old, both)).isEqualTo("verified");
        assertThat(bench.verdict(current, both)).isEqualTo("verified");
        Got first = new Got(
                both.path(),
                both.at(),
                Map.of(
                        "svix-id", both.id(),
                        "svix-timestamp", both.headers().getOrDefault("svix-timestamp", ""),
                        "svix-signature", both.signatures().split(" ")[0]),
                both.body());
        assertThat(bench.verdict(current, first)).isEqualTo("verified");
        assertThat(bench.verdict(old, first)).isEqualTo("no-matching-signature");
    }

    @Test
    void signsWithOnlyTheNewSecretAfterGracePeriod() {
        String old = bench.secret(endpoint);
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), GIVEN, Duration.ofHours(1));
        bench.clock.advance(Duration.ofHours(1));
        bench.send();
        assertThat(bench.got.get(0).signatures()).doesNotContain(" ");
        assertThat(bench.verdict(GIVEN, bench.got.get(0))).isEqualTo("verified");
        assertThat(bench.verdict(old, bench.got.get(0))).isEqualTo("no-matching-signature");
    }

    @Test
    void rotatesWithoutAGracePeriod() {
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), null, Duration.ZERO);
        bench.send();
        assertThat(bench.got.get(0).signatures()).doesNotContain(" ");
    }

    @Test
    void signsRetriesWithTheCurrentSecret() {
        bench.answer = 400;
        bench.send();
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), GIVEN, Duration.ZERO);
        bench.next();
        assertThat(bench.verdict(GIVEN, bench.got.get(1))).isEqualTo("verified");
    }

    @Test
    void keepsAtMostTenOldSecrets() {
        for (int i = 0; i < 10; i++) {
            rotate();
        }
        bench.send();
        assertThat(bench.got.get(0).signatures().split(" ")).hasSize(11);
        assertThatThrownBy(this::rotate).isInstanceOfSatisfying(SvixException.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("limit_reached");
        });
        bench.clock.advance(Duration.ofDays(1));
        rotate();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk_test_abc",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "whsec_",
                "whsec_tooshort",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAA AA"
            })
    void rejectsInvalidSecrets(String secret) {
        assertThatThrownBy(() -> bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), secret, Duration.ZERO))
                .isInstanceOfSatisfying(SvixException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.location()).containsExactly("body", "key");
                    assertThat(refused.getMessage()).doesNotContain("AAAA");
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 604_801})
    void rejectsGracePeriodOutOfRange(long seconds) {
        assertThatThrownBy(() -> bench.svix
                        .endpoints()
                        .rotateSecret(bench.app, endpoint.id(), null, Duration.ofSeconds(seconds)))
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.status()).isEqualTo(422));
    }

    @Test
    void showsThePublicKeyOfAKeyPair() {
        // The key pair is from Svix's own test of asymmetric keys.
        String pair = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), pair, Duration.ZERO);
        String shown = bench.secret(endpoint);
        assertThat(shown).startsWith("whpk_");
        bench.send();
        assertThat(bench.got.get(0).signatures()).startsWith("v1a,");
        assertThat(bench.verdict(shown, bench.got.get(0))).isEqualTo("verified");
    }

    private void rotate() {
        bench.svix.endpoints().rotateSecret(bench.app, endpoint.id(), null, Duration.ofDays(1));
    }
}
