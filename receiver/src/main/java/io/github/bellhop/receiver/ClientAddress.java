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
 * Finds the address of a client behind trusted proxies. It uses the socket's address unless that address belongs to
 * a trusted proxy. Only then does it read the configured header. It ignores all other headers, so clients cannot forge
 * their address.
 *
 * @param trustedProxies the proxies whose header is trusted
 * @param header         the name of the header. {@code X-Forwarded-For} is a list to which every proxy appends; it is
 *                       read from the right, past the trusted proxies. Any other header contains one address, and is
 *                       used only if it is sent once
 */
public record ClientAddress(AddressList trustedProxies, String header) {
    /** The most common header. */
    public static final String X_FORWARDED_FOR = "X-Forwarded-For";

    /** Trusts no proxy and always uses the socket's address. */
    public static final ClientAddress DIRECT = new ClientAddress(AddressList.of(List.of()), X_FORWARDED_FOR);

    /** Returns the client's address; null if a trusted proxy sent no usable address. */
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

    /** Removes the zone: a link-local peer's address includes its network interface. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
