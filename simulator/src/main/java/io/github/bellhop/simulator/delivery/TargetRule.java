package io.github.bellhop.simulator.delivery;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.address.InvalidAddressException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Decides to which addresses requests may be sent. Resolves a host name for each request, checks all of its addresses
 * and sends the request to a checked address, so that DNS rebinding has no effect. Over HTTPS the URL keeps the host
 * name, which must match the certificate. Immutable.
 */
public final class TargetRule {
    private static final TargetRule ANYWHERE = new TargetRule(true, Set.of(), AddressList.of(List.of()));

    private final boolean everything;
    private final Set<String> names;
    private final AddressList addresses;

    private TargetRule(boolean everything, Set<String> names, AddressList addresses) {
        this.everything = everything;
        this.names = names;
        this.addresses = addresses;
    }

    /** Allows everything, without a lookup. */
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
        return new TargetRule(false, Set.copyOf(names), AddressList.of(addresses));
    }

    /**
     * Whether requests to this URL are allowed with the host's current addresses. A currently unknown host may be
     * allowed later.
     */
    public boolean allows(URI url) {
        try {
            return everything || !checked(url).isEmpty();
        } catch (UncheckedIOException refused) {
            return refused.getCause() instanceof UnknownHostException;
        }
    }

    /** The resolved URLs to try. Fails if the host is unknown or one of its addresses is not allowed. */
    CompletableFuture<List<URI>> addresses(URI url) {
        if (everything) {
            return CompletableFuture.completedFuture(List.of(url));
        }
        // Literals and localhost need no name server; other lookups may block.
        return isQuick(url.getHost())
                ? CompletableFuture.completedFuture(url).thenApply(this::checked)
                : CompletableFuture.supplyAsync(() -> checked(url));
    }

    private static boolean isQuick(String host) {
        return host.startsWith("[") || host.equalsIgnoreCase("localhost") || host.matches("[0-9.]+");
    }

    private List<URI> checked(URI url) {
        String host = url.getHost();
        try {
            InetAddress[] found = InetAddress.getAllByName(host);
            if (!Stream.of(found).allMatch(address -> isAllowed(host, address))) {
                throw new UncheckedIOException(new TargetNotAllowedException(host));
            }
            return url.getScheme().equalsIgnoreCase("https")
                    ? List.of(url)
                    : Stream.of(found).map(address -> at(url, address)).toList();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAllowed(String host, InetAddress address) {
        return address.isLoopbackAddress()
                || names.contains(host.toLowerCase(Locale.ROOT))
                || addresses.contains(address);
    }

    private static URI at(URI url, InetAddress address) {
        String literal = address.getHostAddress();
        String host = literal.indexOf(':') < 0 ? literal : "[" + literal.replaceFirst("%.*", "") + "]";
        String text = url.toString();
        String user = url.getRawUserInfo();
        int start = text.indexOf("://") + 3 + (user == null ? 0 : user.length() + 1);
        return URI.create(text.substring(0, start)
                + host
                + text.substring(start + url.getHost().length()));
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
