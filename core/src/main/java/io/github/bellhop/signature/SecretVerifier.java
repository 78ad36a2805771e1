package io.github.bellhop.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.function.Predicate;

/**
 * Verifies the signature header with one secret. The header has entries {@code version,base64}, separated by spaces.
 */
interface SecretVerifier {
    /** Returns whether any entry is the signature of the prefix and the body. */
    boolean matches(String signatures, byte[] prefix, byte[] body);

    static SecretVerifier of(SigningSecret secret) {
        return switch (secret.kind()) {
            case HMAC -> hmac(new HmacSha256(secret.key()));
            case ED25519_PUBLIC -> ed25519((PublicKey) secret.key());
            case ED25519_PRIVATE ->
                throw new InvalidSecretException(
                        "secret-invalid",
                        "A whsk_ key is the sender's private key. To verify, use the endpoint's whpk_ key instead.");
        };
    }

    /** Compares the base64 strings in constant time, so only the canonical base64 of the expected bytes matches. */
    private static SecretVerifier hmac(HmacSha256 mac) {
        return (signatures, prefix, body) -> {
            byte[] expected = Base64.getEncoder().encode(mac.of(prefix, body));
            return anyFits(
                    signatures,
                    "v1,",
                    base64 -> MessageDigest.isEqual(expected, base64.getBytes(StandardCharsets.ISO_8859_1)));
        };
    }

    private static SecretVerifier ed25519(PublicKey key) {
        return (signatures, prefix, body) -> anyFits(signatures, "v1a,", base64 -> verifies(key, base64, prefix, body));
    }

    /** Checks every entry with the version, even after a match. */
    private static boolean anyFits(String signatures, String version, Predicate<String> base64) {
        boolean found = false;
        for (String entry : signatures.split(" ", -1)) {
            found |= entry.startsWith(version) && base64.test(entry.substring(version.length()));
        }
        return found;
    }

    private static boolean verifies(PublicKey key, String base64, byte[] prefix, byte[] body) {
        try {
            byte[] value = Base64.getDecoder().decode(base64);
            return value.length == Ed25519.SIGNATURE_BYTES
                    && Base64.getEncoder().encodeToString(value).equals(base64)
                    && Ed25519.verifies(key, value, prefix, body);
        } catch (IllegalArgumentException | GeneralSecurityException notASignature) {
            return false;
        }
    }
}
