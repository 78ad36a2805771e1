package io.github.bellhop.signature;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A new ed25519 key pair in Svix's format.
 *
 * @param privateText the private key, {@code whsk_...}
 * @param publicText  the public key, {@code whpk_...}
 */
record TestKeyPair(String privateText, String publicText) {
    static TestKeyPair fresh() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] own = Arrays.copyOfRange(encoded, encoded.length - Ed25519.KEY_BYTES, encoded.length);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(seed);
        both.writeBytes(own);
        Base64.Encoder base64 = Base64.getEncoder();
        return new TestKeyPair(
                "whsk_" + base64.encodeToString(both.toByteArray()), "whpk_" + base64.encodeToString(own));
    }
}
