package io.github.bellhop.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid delivery, for tests that change one thing at a time. Immutable. */
public final class TestDelivery {
    /** The default time at which test deliveries are signed and verified. */
    public static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

    /** The default clock of a verifier in tests. */
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);

    /** The default secret of test deliveries. */
    public static final String SECRET = secret("a key for tests, no more");

    /** Another secret. */
    public static final String OTHER_SECRET = secret("a key that is not right!");

    /** The default id of test messages. */
    public static final String ID = "msg_2nV1bQ0y3kqGm6VvT7Yl8cKeR4x";

    private final Map<String, List<String>> headers;
    private final byte[] body;

    private TestDelivery(Map<String, List<String>> headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    /** Returns a delivery with this body, signed at {@link #NOW}. */
    public static TestDelivery of(String body) {
        return of(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a delivery with these bytes, signed at {@link #NOW}. */
    public static TestDelivery of(byte[] body) {
        return signed(SECRET, ID, NOW.getEpochSecond(), body);
    }

    /** Returns a signed delivery with the given secret, id, timestamp and body. */
    public static TestDelivery signed(String secret, String id, long timestamp, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        headers.put("svix-id", List.of(id));
        headers.put("svix-timestamp", List.of(Long.toString(timestamp)));
        headers.put("svix-signature", List.of(sign(secret, id, timestamp, body)));
        return new TestDelivery(headers, body);
    }

    /** Returns an entry for the signature header. */
    public static String sign(String secret, String id, long timestamp, byte[] body) {
        return MessageSigner.with(SigningSecret.parse(secret)).sign(id, timestamp, body);
    }

    /** Returns a secret with this key, as a string. */
    public static String secret(String key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy with one header replaced, or removed if there are no values, and with the old signature. */
    public TestDelivery with(String header, String... values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        changed.put(header, List.of(values));
        return new TestDelivery(changed, body);
    }

    /** Returns a copy with another body and the old signature. */
    public TestDelivery withBody(byte[] changed) {
        return new TestDelivery(headers, changed);
    }

    /** Returns a copy whose signature headers have another prefix. */
    public TestDelivery renamed(String prefix) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        headers.forEach((name, values) -> changed.put(name.replace("svix-", prefix), values));
        return new TestDelivery(changed, body);
    }

    /** Returns a copy with one bit of the body flipped. */
    public TestDelivery withBitFlipped(int bit) {
        byte[] changed = Arrays.copyOf(body, body.length);
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return withBody(changed);
    }

    /** Returns the first value of a header. */
    public String header(String name) {
        return headers.get(name).get(0);
    }

    /** Returns all headers; a header may have no values. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, new ArrayList<>(values)));
        return copy;
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Verifies with the given secrets at {@link #NOW}; returns {@code valid} or the reason's id. */
    public String verifiedWith(String commaSeparated) {
        return verifiedBy(SignatureVerifier.of(
                SigningSecret.parseList(commaSeparated), CLOCK, SignatureVerifier.DEFAULT_TOLERANCE));
    }

    /** Verifies with a verifier; returns {@code valid} or the reason's id. */
    public String verifiedBy(SignatureVerifier verifier) {
        return verifier.verify(DeliveryHeaders.of(headers), body)
                .fold(verified -> "valid", rejected -> rejected.reason().id());
    }
}
