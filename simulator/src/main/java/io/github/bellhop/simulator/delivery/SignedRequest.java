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
 * One attempt's request, in the form of Svix's: signed, with its headers. Immutable.
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
     * Signs a message for one attempt.
     *
     * @param url     where it goes; a user and password in it become an {@code Authorization} header
     * @param message its id stays the same over all attempts
     * @param seconds when the attempt is made, in seconds since 1970
     * @param signers the valid secrets, the current one first; each adds a signature
     * @param custom  the endpoint's own headers, which may stand in for {@code accept} and {@code authorization}
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
     * A request that was signed elsewhere, to be carried on as it is.
     *
     * @param headers those of the request, by any spelling of their names; those of its connection are left out
     * @param body    its exact bytes; copied
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

    /** The same request with another body under the old signature, as if it were changed on its way. */
    public SignedRequest withBody(byte[] changed) {
        return new SignedRequest(url, headers, changed.clone());
    }

    /** Where it goes, without user and password. */
    public URI url() {
        return url;
    }

    /** Its headers by their names in lower case. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** A copy of its body. */
    public byte[] body() {
        return body.clone();
    }

    /** The bytes themselves, for this package, which does not change them. */
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

    /** The address alone: neither headers nor body appear in a log. */
    @Override
    public String toString() {
        return "SignedRequest[" + headers.get("svix-id") + ", " + url.getHost() + "]";
    }
}
