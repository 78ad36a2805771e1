package io.github.bellhop.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;

/** HMAC-SHA256 with the key set up once. Each use works on a clone, so threads never share state. */
final class HmacSha256 {
    private final Mac keyed;

    HmacSha256(Key key) {
        try {
            keyed = Mac.getInstance("HmacSHA256");
            keyed.init(key);
            // Hashes the padded key once, here, which saves every clone one block of hashing.
            keyed.update(new byte[0]);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(
                    "This Java runtime lacks HmacSHA256, which every Java runtime must support.", missing);
        }
    }

    byte[] of(byte[] prefix, byte[] body) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (CloneNotSupportedException unclonable) {
            throw new IllegalStateException("This Java runtime's HmacSHA256 cannot be cloned.", unclonable);
        }
    }
}
