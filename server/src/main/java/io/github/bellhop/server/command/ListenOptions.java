package io.github.bellhop.server.command;

import io.github.bellhop.server.feed.EventFilter;
import io.github.bellhop.server.settings.TypedPort;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.delivery.TargetRule;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code bellhop listen} is told on its command line. */
final class ListenOptions {
    private static final String EXAMPLE = "http://127.0.0.1:3000/api/webhooks/clerk";

    @Option(names = "--forward-to", paramLabel = "URL", description = "Where the app takes deliveries.")
    private @Nullable String forwardTo;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "The operator's port of a running bellhop serve (8788), without a path or with a proxy's.")
    private @Nullable String from;

    @Option(
            names = "--relay",
            paramLabel = "URL",
            arity = "0..1",
            fallbackValue = "wss://api.relay.svix.com/api/v1/listen/",
            description =
                    "Takes deliveries from a relay in place of a server: Svix's, which whoever knows the address can"
                            + " look at, or that of a bellhop serve, such as wss://hooks.example.com/api/v1/listen/.")
    private @Nullable String relay;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begins with what came so long ago, such as 30m, 2h or 3d. Default: with what comes now")
    private @Nullable String since;

    @Option(
            names = "--events",
            paramLabel = "LIST",
            description = "Only these types, such as 'user.*,session.created'. Default: all")
    private @Nullable String events;

    @Option(names = "--json", description = "Prints one line of JSON per message, with its headers and body.")
    private boolean json;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "Signs with this secret in place of the one in data/listen-secret.")
    private @Nullable String secret;

    @Option(names = "--print-secret", description = "Prints the secret that the app is to verify with, and ends.")
    private boolean printSecret;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST|CIDR",
            description = "Lets --forward-to lead to this host or block. Default: to this machine only")
    private List<String> allowedTargets = List.of();

    @Option(
            names = "--allow-http",
            description = "Lets the token and the payloads come over plain http from another machine, as in a network"
                    + " that encrypts by itself.")
    private boolean allowHttp;

    boolean json() {
        return json;
    }

    boolean printSecret() {
        return printSecret;
    }

    @Nullable
    String secret() {
        return secret;
    }

    List<String> allowedTargets() {
        return allowedTargets;
    }

    /** Where deliveries come from, as people name it. */
    String source() {
        return isRelay() ? "the relay at " + relayUrl().getHost() : server().toString();
    }

    boolean isRelay() {
        return relay != null;
    }

    /** The relay's WebSocket. */
    URI relayUrl() {
        URI url = address(relay, "--relay", "wss?");
        if (url == null || url.getRawQuery() != null || url.getRawUserInfo() != null) {
            throw new UnusableSettingException(
                    "--relay wants the address of a WebSocket, such as wss://hooks.example.com/api/v1/listen/.");
        }
        if (url.getScheme().equalsIgnoreCase("ws") && !allowHttp && !isThisMachine(url)) {
            throw new UnusableSettingException("--relay is not encrypted, so that payloads could be read on the way."
                    + " Give a wss address, or --allow-http where the network encrypts by itself.");
        }
        return url;
    }

    /** Refuses options that do not go together. */
    void check() {
        if (isRelay() && from != null) {
            throw new UnusableSettingException(
                    "Deliveries come from a server (--from) or a relay (--relay), not from" + " both. Leave one out.");
        }
        if (isRelay() && since != null) {
            throw new UnusableSettingException("A relay keeps nothing, so there is no --since with it. Leave it out, or"
                    + " listen to a server with --from.");
        }
        if (isRelay() && secret != null) {
            throw new UnusableSettingException("A relay's deliveries go on with the signatures that they have, so there"
                    + " is no --secret with it. Leave it out.");
        }
    }

    URI target(TargetRule rule) {
        URI target = http(forwardTo, "--forward-to", EXAMPLE);
        if (!rule.allows(target)) {
            throw new UnusableSettingException("--forward-to leads to another machine. Deliveries go to this one only,"
                    + " unless --allow-target names the host or block.");
        }
        return target;
    }

    URI server() {
        URI server = http(from, "--from", "https://hooks.example.com");
        if (server.getRawQuery() != null || server.getRawFragment() != null || server.getRawUserInfo() != null) {
            throw new UnusableSettingException("--from wants an address without a user, a query and a fragment.");
        }
        if (server.getScheme().equalsIgnoreCase("http") && !allowHttp && !isThisMachine(server)) {
            throw new UnusableSettingException("--from is plain http to another machine, so that the token and the"
                    + " payloads could be read on the way. Give an https address, or --allow-http where the network"
                    + " encrypts by itself.");
        }
        return server;
    }

    private static boolean isThisMachine(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static URI http(@Nullable String text, String option, String example) {
        URI address = address(text, option, "https?");
        if (address != null) {
            return address;
        }
        String not = text == null || text.contains("@") ? "." : ", not: " + text;
        throw new UnusableSettingException(option + " wants an http or https address, such as " + example + not);
    }

    /** An address with a host and such a scheme; null for any other. */
    private static @Nullable URI address(@Nullable String text, String option, String schemes) {
        try {
            URI address = text == null ? null : URI.create(text);
            String scheme = address == null ? null : address.getScheme();
            if (address == null
                    || scheme == null
                    || address.getHost() == null
                    || !scheme.toLowerCase(Locale.ROOT).matches(schemes)) {
                return null;
            }
            TypedPort.check(address, option);
            return address;
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    EventFilter filter() {
        return EventFilter.parse(events == null ? "" : events)
                .orElseThrow(() -> new UnusableSettingException(
                        "--events wants types with commas between them, such as 'user.*,session.created', not: "
                                + events));
    }

    @Nullable
    Duration back() {
        if (since == null) {
            return null;
        }
        if (!since.matches("[0-9]{1,9}[smhd]")) {
            throw new UnusableSettingException("--since wants a time such as 90s, 30m, 2h or 3d, not: " + since);
        }
        return TimeArgument.length(since);
    }
}
