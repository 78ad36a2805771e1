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

/** The options of {@code bellhop listen}. */
final class ListenOptions {
    private static final String EXAMPLE = "http://127.0.0.1:3000/api/webhooks/clerk";

    @Option(
            names = "--forward-to",
            paramLabel = "URL",
            description = "The app's URL for deliveries. Required to listen.")
    private @Nullable String forwardTo;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description =
                    "URL of the operator's port (8788) of a running bellhop serve. Add a path only if a proxy needs"
                            + " one. Either --from or --relay is required to listen.")
    private @Nullable String from;

    @Option(
            names = "--relay",
            paramLabel = "URL",
            arity = "0..1",
            fallbackValue = "wss://api.relay.svix.com/api/v1/listen/",
            description = "Receive deliveries from a relay instead of a server. Without a URL, it is Svix's relay:"
                    + " anyone who knows the address can read the deliveries. A bellhop serve can be the relay too:"
                    + " wss://hooks.example.com/api/v1/listen/.")
    private @Nullable String relay;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Start with deliveries received this long ago, such as 30m, 2h or 3d. Default: only new ones")
    private @Nullable String since;

    @Option(
            names = "--events",
            paramLabel = "LIST",
            description = "Only these event types, such as 'user.*,session.created'. Default: all")
    private @Nullable String events;

    @Option(names = "--json", description = "Print one line of JSON per message, with its headers and body.")
    private boolean json;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "Sign with this secret instead of the one in data/listen-secret.")
    private @Nullable String secret;

    @Option(names = "--print-secret", description = "Print the secret that the app must verify with, and exit.")
    private boolean printSecret;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST|CIDR",
            description = "Allow this host or block in --forward-to. Default: only this machine")
    private List<String> allowedTargets = List.of();

    @Option(
            names = "--allow-http",
            description = "Allow plain http to another machine for the token and the payloads. Use it only in a network"
                    + " that is itself encrypted.")
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

    /** Describes the source of the deliveries, for messages. */
    String source() {
        return isRelay() ? "the relay at " + relayUrl().getHost() : server().toString();
    }

    boolean isRelay() {
        return relay != null;
    }

    /** Returns the URL of the relay's WebSocket. */
    URI relayUrl() {
        URI url = address(relay, "--relay", "wss?");
        if (url == null || url.getRawQuery() != null || url.getRawUserInfo() != null) {
            throw new UnusableSettingException(
                    "--relay must be a WebSocket URL, such as wss://hooks.example.com/api/v1/listen/.");
        }
        if (url.getScheme().equalsIgnoreCase("ws") && !allowHttp && !isThisMachine(url)) {
            throw new UnusableSettingException("--relay is not encrypted, so others could read the payloads in transit."
                    + " Use a wss URL, or add --allow-http if the network itself is encrypted.");
        }
        return url;
    }

    /** Rejects options that cannot be combined. */
    void check() {
        if (isRelay() && from != null) {
            throw new UnusableSettingException("--from and --relay cannot be combined. Remove one of them.");
        }
        if (isRelay() && since != null) {
            throw new UnusableSettingException(
                    "--since cannot be combined with --relay, because a relay stores nothing."
                            + " Remove it, or listen to a server with --from.");
        }
        if (isRelay() && secret != null) {
            throw new UnusableSettingException("--secret cannot be combined with --relay, because a relay's deliveries"
                    + " keep their signatures. Remove it.");
        }
    }

    URI target(TargetRule rule) {
        URI target = http(forwardTo, "--forward-to", EXAMPLE);
        if (!rule.allows(target)) {
            throw new UnusableSettingException("--forward-to is not on this machine. To forward deliveries to another"
                    + " machine, name its host or block with --allow-target.");
        }
        return target;
    }

    URI server() {
        URI server = http(from, "--from", "https://hooks.example.com");
        if (server.getRawQuery() != null || server.getRawFragment() != null || server.getRawUserInfo() != null) {
            throw new UnusableSettingException("--from must be a URL without user information, query and fragment.");
        }
        if (server.getScheme().equalsIgnoreCase("http") && !allowHttp && !isThisMachine(server)) {
            throw new UnusableSettingException("--from is plain http to another machine, so others could read the token"
                    + " and the payloads in transit. Use an https URL, or add --allow-http if the network itself is"
                    + " encrypted.");
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
        throw new UnusableSettingException(option + " must be an http or https URL, such as " + example + not);
    }

    /** Parses a URL that has a host and one of the schemes; returns null for any other text. */
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
                        "--events must be event types separated by commas, such as 'user.*,session.created', not: "
                                + events));
    }

    @Nullable
    Duration since() {
        if (since == null) {
            return null;
        }
        if (!since.matches("[0-9]{1,9}[smhd]")) {
            throw new UnusableSettingException("--since must be a duration such as 90s, 30m, 2h or 3d, not: " + since);
        }
        return TimeArgument.length(since);
    }
}
