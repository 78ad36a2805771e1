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
 * <p>Parsing is strict: white space, URL-safe or unpadded base64 and an empty key are refused, since a secret that
 * was damaged on its way into the configuration would otherwise only be noticed as deliveries that never verify.
 * {@link #toString()} tells the kind and nothing of the key. Immutable.
 */
public final class SigningSecret {
    /** What a key can do. */
    enum Kind {
        /** Signs and verifies {@code v1}. */
        HMAC,
        /** Verifies {@code v1a}. */
        ED25519_PUBLIC,
        /** Signs {@code v1a}. */
        ED25519_PRIVATE
    }

    private static final String MEND = " Copy the Signing Secret of the endpoint from the Clerk Dashboard (Webhooks)"
            + " again; it begins with whsec_.";

    private final Kind kind;
    private final Key key;

    private SigningSecret(Kind kind, Key key) {
        this.kind = kind;
        this.key = key;
    }

    /**
     * Reads one secret as Clerk shows it.
     *
     * @throws InvalidSecretException when it is empty, of another kind of key, or not proper base64
     */
    public static SigningSecret parse(String text) {
        if (text.isEmpty()) {
            throw empty("The signing secret is empty." + MEND);
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0xA0 || c == 0xFEFF)) {
            throw invalid("The signing secret holds white space; remove it." + MEND);
        }
        if (isQuote(text.charAt(0)) || isQuote(text.charAt(text.length() - 1))) {
            throw invalid(
                    "The signing secret has quotation marks around it. Remove them where it is set: docker --env-file,"
                            + " systemd and some platforms take them for a part of the value.");
        }
        if (text.startsWith("sk_") || text.startsWith("pk_")) {
            throw invalid("The signing secret is one of Clerk's API keys (" + text.substring(0, 3)
                    + "...), not a webhook's." + MEND);
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
     * Reads one or several secrets separated by commas, with spaces around them allowed: while a secret is rotated
     * the same message may come under the old and the new one.
     *
     * @throws InvalidSecretException when any of them cannot be used; the message tells its place in the list
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
                        wrong.code(), "Of the signing secrets, number " + (i + 1) + ": " + wrong.getMessage());
            }
        }
        return List.of(secrets);
    }

    /**
     * A shared HMAC key from its bytes, which are copied.
     *
     * @throws InvalidSecretException when there are none
     */
    public static SigningSecret ofKey(byte[] key) {
        if (key.length == 0) {
            throw empty("The signing secret holds an empty key: anybody could sign with it." + MEND);
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
            // Told below; the decoder's message would quote the secret.
        }
        throw invalid("The signing secret is not proper base64: it was cut short or changed." + MEND);
    }

    private static Key publicKey(byte[] raw) {
        if (raw.length != Ed25519.KEY_BYTES) {
            throw invalid("A whpk_ key holds 32 bytes, this one " + raw.length);
        }
        try {
            return Ed25519.publicKey(raw);
        } catch (GeneralSecurityException unusable) {
            throw invalid("The whpk_ key is no point of the curve ed25519.");
        }
    }

    private static Key privateKey(byte[] raw) {
        if (raw.length != 2 * Ed25519.KEY_BYTES) {
            throw invalid("A whsk_ key holds 64 bytes, this one " + raw.length);
        }
        try {
            Key seed = Ed25519.privateKey(Arrays.copyOf(raw, Ed25519.KEY_BYTES));
            Key own = Ed25519.publicKey(Arrays.copyOfRange(raw, Ed25519.KEY_BYTES, raw.length));
            if (Ed25519.belongTogether(seed, own)) {
                return seed;
            }
        } catch (GeneralSecurityException unusable) {
            // Told below, in the same words: the halves do not make a key pair.
        }
        throw invalid("The two halves of the whsk_ key do not belong together.");
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
