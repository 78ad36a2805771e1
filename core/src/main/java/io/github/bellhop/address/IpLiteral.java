package io.github.bellhop.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses IP addresses from headers and lists. Only literals are accepted, so text from strangers is never resolved as a
 * host name. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}) becomes the IPv4 address.
 */
public final class IpLiteral {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9a-fA-F:.]{2,45})](?::\\d{1,5})?|([0-9.]{7,15}):\\d{1,5}");

    private IpLiteral() {}

    /**
     * Returns the address, or null if the string is not an IP literal. Octal or shortened IPv4 forms and zone ids are
     * rejected.
     */
    public static @Nullable InetAddress parse(String text) {
        boolean ipv6 = text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        if (!ipv6 && !IPV4.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Parses an address with an optional port, as some proxies write it: {@code 192.0.2.1:443}, {@code [::1]:443}. */
    public static @Nullable InetAddress parseWithPort(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        if (!matcher.matches()) {
            return parse(text);
        }
        return parse(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
}
