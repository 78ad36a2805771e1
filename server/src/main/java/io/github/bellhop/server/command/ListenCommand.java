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

/** {@code bellhop listen}: gives deliveries to an app on this machine. */
@Command(
        name = "listen",
        description = {
            ListenCommand.ABOUT,
            "",
            "They come from a running bellhop serve, over one connection that this command opens. The server hands them"
                    + " out to those who have its BELLHOP_LISTEN_TOKEN, which is taken from the same variable here."
                    + " Payloads come without private fields unless the server is told otherwise, so they are signed"
                    + " anew, with a secret of this machine's own in data/listen-secret.",
            "",
            "With --relay they come from a relay that speaks Svix's protocol, as Clerk sent them. Its address stays the"
                    + " same from run to run; enter it in the Clerk Dashboard."
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
            "Exit codes: 0 ended by Ctrl-C, 2 wrong usage, token or address."
        },
        sortOptions = false,
        abbreviateSynopsis = true)
final class ListenCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT = "Gives Clerk's deliveries to an app on this machine, without a tunnel.";

    /** The secret that deliveries are signed with anew, in the working directory. */
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
        report.say("Deliveries from " + options.source() + " go to " + ShownUrl.of(target) + ". The app verifies them"
                + " with " + (relay ? "the Signing Secret of the endpoint in the Clerk Dashboard" : OWN_SECRET)
                + ". Ctrl-C ends it.");
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
                options.back(),
                target,
                new SecretSource(context.environment()).signer(options.secret() == null ? secret() : options.secret()),
                FeedClient.PATIENCE);
        return new FeedClient(settings, forwarder, report, context.clock(), new SecureRandom());
    }

    private String token() {
        String token = context.environment().get(EnvironmentVariables.LISTEN_TOKEN);
        if (token == null || !CheckedSettings.isListenToken(token.strip())) {
            throw new UnusableSettingException(
                    EnvironmentVariables.LISTEN_TOKEN + (token == null ? " is not set." : " is no such token.")
                            + " Set it here to what the server at --from has; in .env.local it stays out of the repository.");
        }
        return token.strip();
    }
}
