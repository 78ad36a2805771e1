package io.github.bellhop.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;

/** Verifies with one secret. */
interface SecretVerifier {
    boolean matches(String signatures, byte[] prefix, byte[] body);

    static SecretVerifier of(SigningSecret secret) {
        return switch (secret.kind()) {
            case HMAC -> hmac(new HmacSha256(secret.key()));
            case ED25519_PUBLIC -> ed25519((PublicKey) secret.key());
            case ED25519_PRIVATE ->
                throw new InvalidSecretException(
                        "secret-invalid",
                        "A whsk_ key is the sender's private key; to verify, give the endpoint's whpk_ key instead.");
        };
    }

    private static SecretVerifier hmac(HmacSha256 mac) {
        return (signatures, prefix, body) -> SignatureList.contains(signatures, "v1", mac.of(prefix, body));
    }

    private static SecretVerifier ed25519(PublicKey key) {
        return (signatures, prefix, body) -> {
            for (int start = 0; start < signatures.length(); ) {
                int end = SignatureList.entryEnd(signatures, start);
                if (SignatureList.isOf(signatures, start, end, "v1a")
                        && verifies(key, signatures.substring(start + 4, end), prefix, body)) {
                    return true;
                }
                start = end + 1;
            }
            return false;
        };
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
