package io.github.bellhop.address;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses: a single address, or all addresses that share a prefix ({@code 192.0.2.0/24},
 * {@code 2001:db8::/56}).
 */
public final class AddressRange {
    private static final int MAPPED_BITS = 96;

    private final byte[] network;
    private final int prefixLength;

    private AddressRange(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Parses a single address or a CIDR block, IPv4 or IPv6.
     *
     * @throws InvalidAddressException if the string is neither, or has bits set after its prefix
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String addressText = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = IpLiteral.parse(addressText);
        if (address == null) {
            throw new InvalidAddressException(text, "it is not an IP address; names are not looked up");
        }
        byte[] bytes = address.getAddress();
        if (slash < 0) {
            return new AddressRange(bytes, bytes.length * 8);
        }
        boolean mapped = bytes.length == 4 && addressText.indexOf(':') >= 0;
        int length = prefixLength(text, text.substring(slash + 1)) - (mapped ? MAPPED_BITS : 0);
        if (length < 0 || length > bytes.length * 8) {
            throw new InvalidAddressException(text, "its prefix length does not fit the address");
        }
        AddressRange range = new AddressRange(bytes, length);
        if (!Arrays.equals(range.masked(bytes), bytes)) {
            throw new InvalidAddressException(text, "it has bits set after its prefix");
        }
        return range;
    }

    private static int prefixLength(String whole, String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidAddressException(whole, "its prefix length is not a number");
        }
        return Integer.parseInt(digits);
    }

    /**
     * Returns whether the address is in this block. An IPv4 address never matches an IPv6 block, and an
     * IPv6 address never matches an IPv4 block.
     */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(masked(bytes), network);
    }

    void refuseTooWide() {
        if (prefixLength < (network.length == 4 ? 8 : 16)) {
            throw new InvalidAddressException("/" + prefixLength, "the range is too wide to exclude strangers");
        }
    }

    private byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.min(8, Math.max(0, prefixLength - i * 8));
            masked[i] &= (byte) (0xFF << (8 - bits));
        }
        return masked;
    }
}
