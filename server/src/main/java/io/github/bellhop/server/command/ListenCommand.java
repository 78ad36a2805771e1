package io.github.bellhop.server.command;

import io.github.bellhop.server.answer.DeliveryHint;
import io.github.bellhop.server.listen.FeedClient;
import io.github.bellhop.server.listen.Forwarder;
import io.github.bellhop.server.listen.ListenReport;
import io.github.bellhop.server.listen.ListenRun;
import io.github.bellhop.server.listen.RelayAddress;
import io.github.bellhop.server.listen.RelayClient;
import io.github.bellhop.server.listen.RelayToken;
import io.github.bellhop.server.listen.Source;
import io.github.bellhop.server.secret.LocalSecret;
import io.github.bellhop.server.secret.SecretSource;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ShownUrl;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.delivery.HttpWire;
import io.github.bellhop.simulator.delivery.TargetRule;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bellhop listen}: forwards deliveries to an app on this machine. */
@Command(
        name = "listen",
        description = {
            ListenCommand.ABOUT,
            "",
            "With --from, deliveries come from a running bellhop serve, over a connection that this command opens. Set"
                    + " BELLHOP_LISTEN_TOKEN to the same value here and on the server. By default the server removes"
                    + " private fields, so deliveries are signed again, with the secret in data/listen-secret.",
            "",
            "With --relay, deliveries come unchanged from a relay that speaks Svix's protocol. Its address stays the same"
                    + " across runs; enter it in the Clerk Dashboard."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop listen --forward-to http://127.0.0.1:3000/api/webhooks/clerk \\",
            "    --from https://hooks.example.com",
            "  bellhop listen --forward-to http://127.0.0.1:3000/api/webhooks/clerk \\",
            "    --from http://127.0.0.1:8788 --since 2h --events 'user.*,session.created'",
            "  bellhop listen --forward-to http://127.0.0.1:3000/api/webhooks/clerk --relay",
            "  bellhop listen --print-secret",
            "",
            "Exit codes: 0 stopped by Ctrl-C; 2 wrong usage, token or address."
        },
        sortOptions = false,
        abbreviateSynopsis = true)
final class ListenCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Forward Clerk's deliveries to an app on this machine, without a tunnel.";

    /** The file with the secret for signing deliveries again, relative to the working directory. */
    static final Path SECRET = Path.of("data", "listen-secret");

    private static final String OWN_SECRET = "the secret that bellhop listen --print-secret prints";
    private static final Duration DRAIN = Duration.ofSeconds(10);

    @Mixin
    private final CommandContext context;

    @Mixin
    private final ListenOptions options = new ListenOptions();

    ListenCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            return options.printSecret() ? printSecret() : run();
        } catch (UnusableSettingException wrong) {
            throw context.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private int printSecret() {
        context.out().println(secret());
        context.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private String secret() {
        return new LocalSecret(context.environment().workingDirectory().resolve(SECRET), "bellhop listen").signing();
    }

    private int run() {
        options.check();
        TargetRule rule = TargetRule.loopback(options.allowedTargets());
        URI target = options.target(rule);
        boolean relay = options.isRelay();
        ListenReport report = new ListenReport(
                context.out(),
                context.err(),
                context.clock(),
                new DeliveryHint(target, relay ? DeliveryHint.Words.RELAY : DeliveryHint.Words.LISTEN),
                options.json(),
                options.source());
        Forwarder forwarder = new Forwarder(new HttpWire(rule), report);
        Source source = relay ? relay(target, forwarder, report) : feed(target, forwarder, report);
        report.say(
                "Forwarding deliveries from " + options.source() + " to " + ShownUrl.of(target) + ". Verify them with "
                        + (relay ? "the Signing Secret of the endpoint in the Clerk Dashboard" : OWN_SECRET)
                        + ". Press Ctrl-C to stop.");
        return new ListenRun(source, forwarder, report, DRAIN).run();
    }

    private RelayClient relay(URI target, Forwarder forwarder, ListenReport report) {
        URI relay = options.relayUrl();
        RelayClient.Settings settings = new RelayClient.Settings(
                relay,
                new RelayToken(context.environment().workingDirectory(), relay),
                RelayAddress.access(relay, context.environment().get(EnvironmentVariables.LISTEN_TOKEN)),
                options.filter(),
                target,
                RelayClient.PATIENCE);
        return new RelayClient(settings, forwarder, report, context.clock(), new SecureRandom());
    }

    private FeedClient feed(URI target, Forwarder forwarder, ListenReport report) {
        FeedClient.Settings settings = new FeedClient.Settings(
                options.server(),
                token(),
                options.filter(),
                options.since(),
                target,
                new SecretSource(context.environment()).signer(options.secret() == null ? secret() : options.secret()),
                FeedClient.PATIENCE);
        return new FeedClient(settings, forwarder, report, context.clock(), new SecureRandom());
    }

    private String token() {
        String token = context.environment().get(EnvironmentVariables.LISTEN_TOKEN);
        if (token == null || !CheckedSettings.isListenToken(token.strip())) {
            throw new UnusableSettingException(
                    EnvironmentVariables.LISTEN_TOKEN + (token == null ? " is not set." : " is not a valid token.")
                            + " Set it to the token of the server at --from, for example in .env.local, which stays out of"
                            + " the repository.");
        }
        return token.strip();
    }
}
