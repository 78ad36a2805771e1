package io.github.bellhop.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one webhook endpoint. {@code whsec_} (or no prefix) is a shared HMAC key for {@code v1} signatures,
 * {@code whpk_} an ed25519 public key that verifies {@code v1a}, {@code whsk_} an ed25519 private key that signs them.
 *
 * <p>Parsing is strict: it rejects white space, URL-safe or unpadded base64, and an empty key. Otherwise, a secret
 * damaged in the configuration would be noticed only later, when every delivery fails verification.
 * {@link #toString()} shows the kind of key and no part of the key. Immutable.
 */
public final class SigningSecret {
    /** The kind of a key. */
    enum Kind {
        /** Signs and verifies {@code v1}. */
        HMAC,
        /** Verifies {@code v1a}. */
        ED25519_PUBLIC,
        /** Signs {@code v1a}. */
        ED25519_PRIVATE
    }

    private static final String FIX = " Copy the Signing Secret of the endpoint from the Clerk Dashboard (Webhooks)"
            + " again; it begins with whsec_.";

    private final Kind kind;
    private final Key key;

    private SigningSecret(Kind kind, Key key) {
        this.kind = kind;
        this.key = key;
    }

    /**
     * Parses one secret in the format that Clerk shows.
     *
     * @throws InvalidSecretException if the string is empty, another kind of key, or not valid base64
     */
    public static SigningSecret parse(String text) {
        if (text.isEmpty()) {
            throw empty("The signing secret is empty." + FIX);
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0xA0 || c == 0xFEFF)) {
            throw invalid("The signing secret contains white space. Remove it." + FIX);
        }
        if (isQuote(text.charAt(0)) || isQuote(text.charAt(text.length() - 1))) {
            throw invalid(
                    "The signing secret has quotation marks around it. Remove them where it is set: docker --env-file,"
                            + " systemd and some platforms treat them as part of the value.");
        }
        if (text.startsWith("sk_") || text.startsWith("pk_")) {
            throw invalid("The signing secret is one of Clerk's API keys (" + text.substring(0, 3)
                    + "...), not a webhook's." + FIX);
        }
        if (text.startsWith("whpk_")) {
            return new SigningSecret(Kind.ED25519_PUBLIC, publicKey(bytes(text.substring(5))));
        }
        if (text.startsWith("whsk_")) {
            return new SigningSecret(Kind.ED25519_PRIVATE, privateKey(bytes(text.substring(5))));
        }
        return ofKey(bytes(text.startsWith("whsec_") ? text.substring(6) : text));
    }

    /**
     * Parses one secret, or several separated by commas; spaces around the commas are allowed. While a secret is
     * rotated, a message may be signed with the old or the new one.
     *
     * @throws InvalidSecretException if a secret cannot be used; the message gives its position in the list
     */
    public static List<SigningSecret> parseList(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length == 1) {
            return List.of(parse(text.strip()));
        }
        SigningSecret[] secrets = new SigningSecret[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                secrets[i] = parse(parts[i].strip());
            } catch (InvalidSecretException wrong) {
                throw new InvalidSecretException(
                        wrong.code(), "Signing secret number " + (i + 1) + ": " + wrong.getMessage());
            }
        }
        return List.of(secrets);
    }

    /**
     * Creates a shared HMAC key from the given bytes, which are copied.
     *
     * @throws InvalidSecretException if the key is empty
     */
    public static SigningSecret ofKey(byte[] key) {
        if (key.length == 0) {
            throw empty("The signing secret has an empty key, so anybody could sign with it." + FIX);
        }
        return new SigningSecret(Kind.HMAC, new SecretKeySpec(key, "HmacSHA256"));
    }

    private static InvalidSecretException empty(String message) {
        return new InvalidSecretException("secret-empty", message);
    }

    private static InvalidSecretException invalid(String message) {
        return new InvalidSecretException("secret-invalid", message);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`' || (c >= '\u2018' && c <= '\u201F');
    }

    private static byte[] bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Reported below, because the decoder's message would quote the secret.
        }
        throw invalid("The signing secret is not valid base64: it was cut short or changed." + FIX);
    }

    private static Key publicKey(byte[] raw) {
        if (raw.length != Ed25519.KEY_BYTES) {
            throw invalid("A whpk_ key has 32 bytes; this one has " + raw.length);
        }
        try {
            return Ed25519.publicKey(raw);
        } catch (GeneralSecurityException unusable) {
            throw invalid("The whpk_ key is not a point on the ed25519 curve.");
        }
    }

    private static Key privateKey(byte[] raw) {
        if (raw.length != 2 * Ed25519.KEY_BYTES) {
            throw invalid("A whsk_ key has 64 bytes; this one has " + raw.length);
        }
        try {
            Key seed = Ed25519.privateKey(Arrays.copyOf(raw, Ed25519.KEY_BYTES));
            Key own = Ed25519.publicKey(Arrays.copyOfRange(raw, Ed25519.KEY_BYTES, raw.length));
            if (Ed25519.belongTogether(seed, own)) {
                return seed;
            }
        } catch (GeneralSecurityException unusable) {
            // Reported below with the same message: the halves are not a key pair.
        }
        throw invalid("The two halves of the whsk_ key do not match.");
    }

    Kind kind() {
        return kind;
    }

    Key key() {
        return key;
    }

    @Override
    public String toString() {
        return "SigningSecret[" + kind + "]";
    }
}
