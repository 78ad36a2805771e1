package io.github.bellhop.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;

/** Signs messages as Svix does, for tests and simulated senders. Immutable and safe for concurrent use. */
public final class MessageSigner {
    private final Scheme scheme;

    private MessageSigner(Scheme scheme) {
        this.scheme = scheme;
    }

    /** A signature scheme, which returns one entry of the signature header. */
    @FunctionalInterface
    private interface Scheme {
        String entry(byte[] prefix, byte[] body);
    }

    /**
     * Creates a signer with one secret. A shared key signs {@code v1}, a private key signs {@code v1a}.
     *
     * @throws InvalidSecretException if the secret is a public key, which cannot sign
     */
    public static MessageSigner with(SigningSecret secret) {
        return switch (secret.kind()) {
            case HMAC -> {
                HmacSha256 mac = new HmacSha256(secret.key());
                yield new MessageSigner((prefix, body) -> entry("v1", mac.of(prefix, body)));
            }
            case ED25519_PRIVATE -> {
                PrivateKey key = (PrivateKey) secret.key();
                yield new MessageSigner((prefix, body) -> entry("v1a", ed25519(key, prefix, body)));
            }
            case ED25519_PUBLIC ->
                throw new InvalidSecretException(
                        "secret-invalid", "A whpk_ key can only verify. To sign, use a whsec_ or whsk_ key.");
        };
    }

    /**
     * Signs one delivery attempt of a message.
     *
     * @param messageId        the message's id, printable ASCII without a dot
     * @param timestampSeconds the time of the attempt, in seconds since 1970
     * @param body             the exact bytes that will be sent
     * @return one entry of the signature header; during a rotation, join several entries with spaces
     */
    public String sign(String messageId, long timestampSeconds, byte[] body) {
        return scheme.entry(prefix(messageId, timestampSeconds), body);
    }

    /**
     * Returns the signed bytes before the body, {@code id.timestamp.}; keeping them separate avoids copying the body.
     */
    static byte[] prefix(String messageId, long timestampSeconds) {
        return (messageId + "." + timestampSeconds + ".").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ed25519(PrivateKey key, byte[] prefix, byte[] body) {
        try {
            return Ed25519.sign(key, prefix, body);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java runtime cannot sign with ed25519.", broken);
        }
    }

    private static String entry(String version, byte[] signature) {
        return version + "," + Base64.getEncoder().encodeToString(signature);
    }
}
