package io.github.bellhop.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;

/** Signs messages as Svix does, for tests and for a pretend sender. Immutable and safe for concurrent use. */
public final class MessageSigner {
    private final Scheme scheme;

    private MessageSigner(Scheme scheme) {
        this.scheme = scheme;
    }

    /** One way to sign: gives an entry of the signature header. */
    @FunctionalInterface
    private interface Scheme {
        String entry(byte[] prefix, byte[] body);
    }

    /**
     * A signer with one secret: {@code v1} for a shared key, {@code v1a} for a private one.
     *
     * @throws InvalidSecretException when the secret is a public key, which cannot sign
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
                        "secret-invalid", "A whpk_ key only verifies; to sign, give a whsec_ or whsk_ key.");
        };
    }

    /**
     * Signs one attempt to deliver a message.
     *
     * @param messageId        the message's id, printable ASCII without a dot
     * @param timestampSeconds when the attempt is made, in seconds since 1970
     * @param body             the exact bytes that will be sent
     * @return one entry of the signature header; several, for a rotation, are joined by spaces
     */
    public String sign(String messageId, long timestampSeconds, byte[] body) {
        return scheme.entry(prefix(messageId, timestampSeconds), body);
    }

    /** What is signed before the body: {@code id.timestamp.}, so that the body stays where it is. */
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
