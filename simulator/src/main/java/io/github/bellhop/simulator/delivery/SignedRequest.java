package io.github.bellhop.simulator.delivery;

import io.github.bellhop.signature.MessageSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signed request of one attempt, with Svix's headers. Immutable.
 *
 * @see <a href="https://docs.svix.com/receiving/verifying-payloads/how-manual">Svix: what is signed</a>
 */
public final class SignedRequest {
    private static final String USER_AGENT = "Svix-Webhooks/1.84.0 (sender-9YMgn; +https://www.svix.com/http-sender/)";

    private static final Set<String> OF_THE_CONNECTION =
            Set.of(("connection content-length expect host keep-alive proxy-authenticate proxy-authorization te "
                            + "trailer transfer-encoding upgrade")
                    .split(" ", -1));

    private final URI url;
    private final Map<String, String> headers;
    private final byte[] body;

    private SignedRequest(URI url, Map<String, String> headers, byte[] body) {
        this.url = url;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Creates and signs the request of one attempt.
     *
     * @param url     the target; a user and password in it become an {@code Authorization} header
     * @param message the message; its id is the same for all attempts
     * @param seconds the time of the attempt, in seconds since 1970
     * @param signers the signers, one for each valid secret, with the current one first; each adds a signature
     * @param custom  the endpoint's own headers, which may override {@code accept} and {@code authorization}
     */
    public static SignedRequest of(
            URI url, OutgoingMessage message, long seconds, List<MessageSigner> signers, Map<String, String> custom) {
        byte[] body = message.payload();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", "*/*");
        headers.put("content-type", "application/json");
        headers.put("svix-id", message.messageId());
        headers.put("svix-timestamp", Long.toString(seconds));
        headers.put(
                "svix-signature",
                signers.stream()
                        .map(signer -> signer.sign(message.messageId(), seconds, body))
                        .collect(Collectors.joining(" ")));
        headers.put("user-agent", USER_AGENT);
        if (url.getUserInfo() != null) {
            headers.put("authorization", "Basic " + base64(url.getUserInfo()));
        }
        custom.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new SignedRequest(withoutUser(url), headers, body);
    }

    /**
     * Wraps a request that was signed elsewhere, to forward it unchanged.
     *
     * @param headers the request's headers, with names in upper or lower case; connection headers are dropped
     * @param body    the exact bytes; copied
     */
    public static SignedRequest received(URI url, Map<String, String> headers, byte[] body) {
        Map<String, String> kept = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(lower)) {
                kept.put(lower, value);
            }
        });
        return new SignedRequest(withoutUser(url), kept, body.clone());
    }

    /** Returns a copy with this body and the old signature, as if the request had been tampered with. */
    public SignedRequest withBody(byte[] changed) {
        return new SignedRequest(url, headers, changed.clone());
    }

    /** The target URL, without user and password. */
    public URI url() {
        return url;
    }

    /** The headers by lower-case name. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body itself, not a copy. Callers must not modify it. */
    byte[] bytes() {
        return body;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUser(URI url) {
        if (url.getRawUserInfo() == null) {
            return url;
        }
        return URI.create(url.toString().replaceFirst("(?<=://)[^/@]*@", ""));
    }

    /** Only the URL, so that no header or body is logged. */
    @Override
    public String toString() {
        return "SignedRequest[" + headers.get("svix-id") + ", " + url.getHost() + "]";
    }
}
