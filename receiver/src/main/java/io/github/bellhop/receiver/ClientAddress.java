package io.github.bellhop.receiver;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.address.IpLiteral;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the client behind one's own proxies. The socket's address counts unless it is a trusted proxy's;
 * only then exactly one configured header is read. Every other header is ignored, so that nobody can name an address
 * of his choice.
 *
 * @param trustedProxies whose header is believed
 * @param header         that header. {@code X-Forwarded-For} is a list that every proxy adds to: it is read from the
 *                       right, past the trusted proxies. Any other holds one address, and counts only if it came once
 */
public record ClientAddress(AddressList trustedProxies, String header) {
    /** The usual header. */
    public static final String X_FORWARDED_FOR = "X-Forwarded-For";

    /** No proxy is trusted: the socket's address counts. */
    public static final ClientAddress DIRECT = new ClientAddress(AddressList.of(List.of()), X_FORWARDED_FOR);

    /** The client's address; null when a trusted proxy told none that is usable. */
    public @Nullable InetAddress of(HttpServletRequest request) {
        return of(request.getRemoteAddr(), Collections.list(request.getHeaders(header)));
    }

    @Nullable
    InetAddress of(String socketAddress, List<String> headerLines) {
        InetAddress peer = IpLiteral.parse(withoutZone(socketAddress));
        if (peer == null || !trustedProxies.contains(peer)) {
            return peer;
        }
        return header.toLowerCase(Locale.ROOT).equals("x-forwarded-for")
                ? lastUntrusted(headerLines)
                : headerLines.size() == 1
                        ? IpLiteral.parseWithPort(headerLines.get(0).strip())
                        : null;
    }

    private @Nullable InetAddress lastUntrusted(List<String> lines) {
        String[] hops = String.join(",", lines).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            InetAddress hop = IpLiteral.parseWithPort(hops[i].strip());
            if (hop == null || !trustedProxies.contains(hop)) {
                return hop;
            }
        }
        return null;
    }

    /** A link-local peer's address comes with its network interface. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
