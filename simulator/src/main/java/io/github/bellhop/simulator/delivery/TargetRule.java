package io.github.bellhop.simulator.delivery;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.address.InvalidAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides to which addresses requests may be sent. Resolves a host name once for each request and checks all of its
 * addresses. The connection then goes to a checked address, so that DNS rebinding has no effect. Immutable.
 */
public final class TargetRule {
    private static final TargetRule ANYWHERE =
            new TargetRule(true, Set.of(), AddressList.of(List.of()), InetAddress::getAllByName);

    private final boolean everything;
    private final Set<String> names;
    private final AddressList addresses;
    private final HostResolver resolver;

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface HostResolver {
        /**
         * Returns at least one address.
         *
         * @throws UnknownHostException if the host is unknown
         */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private TargetRule(boolean everything, Set<String> names, AddressList addresses, HostResolver resolver) {
        this.everything = everything;
        this.names = names;
        this.addresses = addresses;
        this.resolver = resolver;
    }

    /** Allows every address. */
    public static TargetRule anywhere() {
        return ANYWHERE;
    }

    /**
     * Allows this machine's loopback addresses and the given targets.
     *
     * @param allowed the allowed host names, IP addresses and CIDR blocks
     */
    public static TargetRule loopback(Collection<String> allowed) {
        Set<String> names = new HashSet<>();
        List<String> addresses = new ArrayList<>();
        for (String target : allowed) {
            try {
                AddressList.of(List.of(target));
                addresses.add(target);
            } catch (InvalidAddressException e) {
                names.add(target.toLowerCase(Locale.ROOT));
            }
        }
        return new TargetRule(false, Set.copyOf(names), AddressList.of(addresses), InetAddress::getAllByName);
    }

    /** Returns a copy of this rule that uses this resolver. */
    TargetRule resolvedBy(HostResolver other) {
        return new TargetRule(everything, names, addresses, other);
    }

    /**
     * Whether requests to this URL are allowed with the host's current addresses. A host that currently cannot be
     * resolved counts as allowed, because a later request may resolve it.
     */
    public boolean allows(URI url) {
        try {
            return everything || !addresses(url).isEmpty();
        } catch (UnknownHostException unknown) {
            return true;
        } catch (TargetNotAllowedException refused) {
            return false;
        }
    }

    /**
     * Resolves the host of a URL, and returns the addresses to try. May block.
     *
     * @throws UnknownHostException      if the host is unknown
     * @throws TargetNotAllowedException if one of its addresses is not allowed
     */
    List<InetAddress> addresses(URI url) throws UnknownHostException, TargetNotAllowedException {
        String host = url.getHost();
        List<InetAddress> found = List.of(resolver.resolve(host));
        if (!everything && !found.stream().allMatch(address -> isAllowed(host, address))) {
            throw new TargetNotAllowedException(host);
        }
        return found;
    }

    private boolean isAllowed(String host, InetAddress address) {
        return address.isLoopbackAddress()
                || names.contains(host.toLowerCase(Locale.ROOT))
                || addresses.contains(address);
    }

    /** Thrown for an address to which requests may not be sent. */
    static final class TargetNotAllowedException extends IOException {
        private static final long serialVersionUID = 1L;

        TargetNotAllowedException(String host) {
            super("requests to this IP range are blocked: " + host
                    + " is not on this machine. If it is yours, allow it by name or address.");
        }
    }
}
