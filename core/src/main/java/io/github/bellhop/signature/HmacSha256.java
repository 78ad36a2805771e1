package io.github.bellhop.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;

/** HMAC-SHA256 with the key set up once; every use works on a clone, so that threads never share a state. */
final class HmacSha256 {
    private final Mac keyed;

    HmacSha256(Key key) {
        try {
            keyed = Mac.getInstance("HmacSHA256");
            keyed.init(key);
            // Takes in the padded key now, so that no clone has to: a block of hashing less per use.
            keyed.update(new byte[0]);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(
                    "This Java runtime lacks HmacSHA256, which every runtime must have.", missing);
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
