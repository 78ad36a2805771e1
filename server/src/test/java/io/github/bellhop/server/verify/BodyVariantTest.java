package io.github.bellhop.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import org.junit.jupiter.api.Test;

@SameOnEveryJdk
class BodyVariantTest {
    /** All variants together would not fit into memory. */
    @Test
    void createsVariantsLazily() {
        int letters = (int) (Runtime.getRuntime().maxMemory() / 1000);
        byte[] body = ("{\"a\":\"" + "\u00fc".repeat(letters) + "\"}").getBytes(UTF_8);
        assertThat(BodyVariant.of(body)
                        .mapToLong(variant -> variant.bytes().length)
                        .sum())
                .isGreaterThan(Runtime.getRuntime().maxMemory());
    }
}
