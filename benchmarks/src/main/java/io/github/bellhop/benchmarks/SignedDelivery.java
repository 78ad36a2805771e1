package io.github.bellhop.benchmarks;

import com.svix.Webhook;
import io.github.bellhop.signature.DeliveryHeaders;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One delivery and all verifiers that check it. It is signed again for every iteration, because the libraries use the
 * system clock.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up methods before any measurement
public class SignedDelivery {
    private static final String MESSAGE_ID = "msg_2nV1bQ0y3kqGm6VvT7Yl8cKeR4x";
    private static final byte[] KEY = "a key for measurements!!".getBytes(StandardCharsets.US_ASCII);

    /** The body's size in bytes. */
    @Param({"1024", "4096", "102400"})
    public int bytes;

    /** The kind of text in the body: only ASCII, or also names with multibyte letters. */
    @Param({"ascii", "names"})
    public String content;

    byte[] body;
    String text;
    Map<String, List<String>> svixHeaders;
    Map<String, List<String>> standardHeaders;
    byte[] signedContent;

    Mac bareMac;
    SignatureVerifier bellhop;
    Webhook svix;
    com.standardwebhooks.Webhook standardWebhooks;

    /** Called by JMH. */
    public SignedDelivery() {}

    /** Creates the verifiers once. */
    @Setup(Level.Trial)
    public void makeVerifiers() throws Exception {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(KEY);
        body = userCreated(bytes, content.equals("names") ? "김지민 José Nguyễn" : "Kim Jimin Jose Nguyen");
        text = new String(body, StandardCharsets.UTF_8);
        bareMac = keyedMac();
        bellhop = SignatureVerifier.of(List.of(SigningSecret.parse(secret)));
        svix = new Webhook(secret);
        standardWebhooks = new com.standardwebhooks.Webhook(secret);
    }

    /** Signs the delivery now, and checks that every verifier accepts it. */
    @Setup(Level.Iteration)
    public void sign() throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature = MessageSigner.with(SigningSecret.ofKey(KEY)).sign(MESSAGE_ID, now, body);
        svixHeaders = headers("svix-", Long.toString(now), signature);
        standardHeaders = headers("webhook-", Long.toString(now), signature);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((MESSAGE_ID + "." + now + ".").getBytes(StandardCharsets.US_ASCII));
        content.writeBytes(body);
        signedContent = content.toByteArray();

        boolean accepted =
                bellhop.verify(DeliveryHeaders.of(svixHeaders), body).fold(verified -> true, rejected -> false);
        String expected = "v1," + Base64.getEncoder().encodeToString(bareMac.doFinal(signedContent));
        if (!accepted || !expected.equals(signature)) {
            throw new IllegalStateException("A verifier rejects the delivery, so nothing can be measured.");
        }
        svix.verify(text, svixHeaders);
        standardWebhooks.verify(text, standardHeaders);
    }

    private static Mac keyedMac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return mac;
    }

    /** The headers of a real delivery, in a map like that of the JDK's server and most others. */
    private static Map<String, List<String>> headers(String prefix, String timestamp, String signature) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("host", List.of("app.example.com"));
        headers.put("accept", List.of("*/*"));
        headers.put("content-type", List.of("application/json"));
        headers.put("content-length", List.of("1024"));
        headers.put("user-agent", List.of("Svix-Webhooks/1.84.0 (sender-9YMgn; +https://www.svix.com/http-sender/)"));
        headers.put(prefix + "id", List.of(MESSAGE_ID));
        headers.put(prefix + "timestamp", List.of(timestamp));
        headers.put(prefix + "signature", List.of(signature));
        return headers;
    }

    /** A payload like Clerk's, with the given size. */
    private static byte[] userCreated(int size, String name) {
        StringBuilder text =
                new StringBuilder("{\"type\":\"user.created\",\"object\":\"event\",\"data\":{\"id\":\"user_1\"");
        for (int i = 0; text.toString().getBytes(StandardCharsets.UTF_8).length < size - 100; i++) {
            text.append(",\"key_%d\":\"%s\"".formatted(i, name));
        }
        text.append(",\"end\":\"");
        int missing = size - text.toString().getBytes(StandardCharsets.UTF_8).length - 3;
        return text.append("x".repeat(missing)).append("\"}}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
