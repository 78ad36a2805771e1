package io.github.bellhop.server.serve;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares passwords by their HMAC with a random key of this process. The password is in the environment anyway, so a
 * slow hash would protect nothing, and every guess would take processor time from deliveries. Passwords can have any
 * length.
 */
final class OperatorPassword implements PasswordEncoder {
    private static final String SCHEME = "Basic ";
    private static final String USER = "bellhop:";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final byte[] expected;

    OperatorPassword(String password) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
        expected = hmac(USER + password);
    }

    /** Whether an {@code Authorization} header has the user and the password. */
    boolean isIn(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(expected, hmac(new String(decoded, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public String encode(@Nullable CharSequence password) {
        return HexFormat.of().formatHex(hmac(String.valueOf(password)));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        return encoded != null
                && MessageDigest.isEqual(
                        encoded.getBytes(StandardCharsets.US_ASCII),
                        encode(password).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "OperatorPassword[...]";
    }
}
