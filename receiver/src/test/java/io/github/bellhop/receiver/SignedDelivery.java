package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A delivery as sent over the wire: valid and correctly signed until a test changes one thing. It is signed when a test
 * gets its bytes, so the signature covers all changes made before.
 */
final class SignedDelivery {
    static final String PATH = "/api/webhooks/clerk";
    static final String SECRET = "whsec_c2VjcmV0LW9mLXRoZS1yZWNlaXZlci10ZXN0cy0wMQ==";
    static final String OTHER_SECRET = "whsec_YW5vdGhlci1zZWNyZXQtb2YtdGhlLXRlc3RzLTAwMDI=";
    /** Part of every body, so that tests can detect a leak into an answer. */
    static final String MARK = "body-content-7f3a";

    private static final AtomicInteger NEXT_ID = new AtomicInteger();

    private final List<String[]> extraHeaders = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private String method = "POST";
    private String target = PATH;
    private String version = "HTTP/1.1";
    private String prefix = "svix-";
    private String id = "msg_" + NEXT_ID.incrementAndGet();
    private String timestamp = Long.toString(Instant.now().getEpochSecond());
    private String secret = SECRET;
    private byte[] body;
    private boolean chunked;
    private String declaredLength;

    private SignedDelivery(byte[] body) {
        this.body = body;
        header("Host", "localhost");
        header("Content-Type", "application/json");
    }

    static SignedDelivery valid() {
        return new SignedDelivery(json("user.created"));
    }

    static byte[] json(String type) {
        return ("{\"type\":\"" + type + "\",\"data\":{\"id\":\"user_1\",\"note\":\"" + MARK + "\"}}").getBytes(UTF_8);
    }

    /** Returns a JSON object of exactly the given length in bytes. */
    static byte[] jsonOf(int length) {
        String start = "{\"type\":\"user.created\",\"pad\":\"";
        return (start + "x".repeat(length - start.length() - 2) + "\"}").getBytes(UTF_8);
    }

    String id() {
        return id;
    }

    SignedDelivery id(String value) {
        id = value;
        return this;
    }

    SignedDelivery method(String value) {
        method = value;
        return this;
    }

    SignedDelivery target(String value) {
        target = value;
        return this;
    }

    SignedDelivery version(String value) {
        version = value;
        return this;
    }

    /** Uses {@code webhook-*} as the names of the signature headers. */
    SignedDelivery unbranded() {
        prefix = "webhook-";
        return this;
    }

    SignedDelivery timestamp(String value) {
        timestamp = value;
        return this;
    }

    SignedDelivery secondsFromNow(long seconds) {
        return timestamp(Long.toString(Instant.now().getEpochSecond() + seconds));
    }

    SignedDelivery signedWith(String value) {
        secret = value;
        return this;
    }

    SignedDelivery body(byte[] value) {
        body = value;
        return this;
    }

    SignedDelivery body(String value) {
        return body(value.getBytes(UTF_8));
    }

    SignedDelivery chunked() {
        chunked = true;
        return this;
    }

    SignedDelivery declaring(long length) {
        declaredLength = Long.toString(length);
        return this;
    }

    /** Adds a header line. */
    SignedDelivery header(String name, String value) {
        extraHeaders.add(new String[] {name, value});
        return this;
    }

    /** Removes all lines of a header. */
    SignedDelivery without(String name) {
        removed.add(name.toLowerCase(Locale.ROOT));
        return this;
    }

    SignedDelivery replacing(String name, String value) {
        extraHeaders.removeIf(header -> header[0].equalsIgnoreCase(name));
        return header(name, value);
    }

    String signature() {
        return MessageSigner.with(SigningSecret.parse(secret)).sign(id, signedTimestamp(), body);
    }

    private long signedTimestamp() {
        return timestamp.matches("\\d{1,18}") ? Long.parseLong(timestamp) : 0;
    }

    byte[] body() {
        return body;
    }

    /** Returns the request line, all headers and the empty line after them. */
    byte[] head() {
        List<String[]> headers = new ArrayList<>(extraHeaders);
        headers.add(new String[] {prefix + "id", id});
        headers.add(new String[] {prefix + "timestamp", timestamp});
        headers.add(new String[] {prefix + "signature", signature()});
        if (chunked) {
            headers.add(new String[] {"Transfer-Encoding", "chunked"});
        } else {
            headers.add(new String[] {
                "Content-Length", declaredLength == null ? Integer.toString(body.length) : declaredLength
            });
        }
        StringBuilder text = new StringBuilder(method + " " + target + " " + version + "\r\n");
        for (String[] header : headers) {
            if (!removed.contains(header[0].toLowerCase(Locale.ROOT))) {
                text.append(header[0]).append(": ").append(header[1]).append("\r\n");
            }
        }
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    /** Returns the whole request. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head());
        if (!chunked) {
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }
        for (int from = 0; from < body.length; from += 8192) {
            int length = Math.min(8192, body.length - from);
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            bytes.write(body, from, length);
            bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }
}
