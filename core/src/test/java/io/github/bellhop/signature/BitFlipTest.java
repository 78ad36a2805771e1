package io.github.bellhop.signature;

import static io.github.bellhop.signature.TestDelivery.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Flips every single bit of a delivery; each changed delivery must be rejected. */
class BitFlipTest {
    private static final int ROUNDS = 25;
    private static final int BITS_OF_A_CHARACTER = 8;
    private static final String ID_CHARACTERS = "ABCXYZabcxyz0189_-";

    private final long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void rejectsAnyFlippedBitWithSharedKey() {
        byte[] key = new byte[24];
        random.nextBytes(key);
        for (int round = 0; round < ROUNDS; round++) {
            String secret = TestDelivery.secret(Base64.getEncoder().encodeToString(key));
            check(secret, secret, 1 + random.nextInt(300));
        }
    }

    @Test
    void rejectsAnyFlippedBitWithKeyPair() throws Exception {
        TestKeyPair keys = TestKeyPair.fresh();
        check(keys.privateText(), keys.publicText(), 20);
    }

    private void check(String signing, String verifying, int size) {
        byte[] body = new byte[size];
        random.nextBytes(body);
        TestDelivery delivery = TestDelivery.signed(signing, id(), NOW.getEpochSecond(), body);
        SignatureVerifier verifier = SignatureVerifier.of(
                SigningSecret.parseList(verifying), TestDelivery.CLOCK, SignatureVerifier.DEFAULT_TOLERANCE);
        assertThat(delivery.verifiedBy(verifier)).as(seed()).isEqualTo("valid");
        for (int bit = 0; bit < size * 8; bit++) {
            assertThat(delivery.withBitFlipped(bit).verifiedBy(verifier))
                    .as("bit %d of the body; %s", bit, seed())
                    .isEqualTo("no-matching-signature");
        }
        for (String header : List.of("svix-id", "svix-timestamp", "svix-signature")) {
            String value = delivery.header(header);
            for (int bit = 0; bit < value.length() * BITS_OF_A_CHARACTER; bit++) {
                char[] changed = value.toCharArray();
                changed[bit / BITS_OF_A_CHARACTER] ^= (char) (1 << (bit % BITS_OF_A_CHARACTER));
                assertThat(delivery.with(header, new String(changed)).verifiedBy(verifier))
                        .as("bit %d of %s; %s", bit, header, seed())
                        .isNotEqualTo("valid");
            }
        }
    }

    private String id() {
        StringBuilder id = new StringBuilder("msg_");
        for (int i = random.nextInt(30); i >= 0; i--) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }

    private String seed() {
        return "-Dbellhop.test.seed=" + seed;
    }
}
