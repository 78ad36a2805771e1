package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.SecretSource;
import io.github.bellhop.server.settings.TypedPort;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.server.trigger.TriggerReport;
import io.github.bellhop.server.trigger.TriggerRun;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.FixtureException;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop trigger}: makes realistic events, signs them like Clerk and posts them to a receiver. */
@Command(name = "trigger", description = TriggerCommand.ABOUT, sortOptions = false, abbreviateSynopsis = true)
final class TriggerCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Send realistic events, signed like Clerk's, to a receiver.";

    static final String PATH = "/api/webhooks/clerk";

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "TYPE", description = "The type of event, such as user.created.")
    private String type = "";

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "URL of the receiver. Default: this machine, port BELLHOP_PORT or 8787, path " + PATH)
    private @Nullable String to;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = {
                "Signing secret of the receiver. Default: the first in CLERK_WEBHOOK_SIGNING_SECRET, or else the one that"
                        + " bellhop dev stores in data/dev-secret"
            })
    private @Nullable String secret;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = {
                "Id of the entity, to follow up on an earlier event. For a session or membership, a user_... id names"
                        + " its user. For a membership, invitation or domain, an org_... id names its organization."
                        + " Repeatable."
            })
    private List<String> ids = List.of();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = {
                "Change the payload. The path starts at its root; its steps are keys or array positions. The value is"
                        + " parsed as JSON if possible, and used as text otherwise. Metadata accepts new keys. Repeatable."
            })
    private List<String> settings = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of messages to send, each about a different entity unless --id is given. Default: 1")
    private int count = 1;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Messages per second. Default: as fast as the receiver answers")
    private @Nullable Double rate;

    @Option(names = "--json", description = "Print one line of JSON per message.")
    private boolean json;

    private TriggerCommand(CommandContext context) {
        this.context = context;
    }

    static CommandLine line(CommandContext context) {
        CommandLine line = new CommandLine(new TriggerCommand(context));
        line.getCommandSpec().usageMessage().footer(TriggerHelp.footer());
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (FixtureException | UnusableSettingException wrong) {
            throw context.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private int run() throws InterruptedException {
        if (count < 1) {
            throw context.usage("--count must be 1 or more.");
        }
        if (rate != null && !(rate > 0 && rate <= TriggerRun.HIGHEST_RATE)) {
            throw context.usage("--rate must be a number of messages per second above 0.");
        }
        Fixtures fixtures = fixtures();
        fixture(fixtures);
        MessageSigner signer = new SecretSource(context.environment()).signer(secret);
        EventSender sender = sender(signer);
        TriggerReport report = new TriggerReport(context.out(), context.err(), sender.endpoint(), count, json);
        new TriggerRun(sender, () -> OutgoingMessage.of(fixtures.messageId(), fixture(fixtures)), report::add)
                .send(count, rate);
        return report.end() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Fixtures fixtures() {
        Fixtures fixtures = Fixtures.of(context.clock(), new SecureRandom());
        String instance = context.environment().get("BELLHOP_INSTANCE_ID");
        return instance == null ? fixtures : fixtures.fromInstance(instance.strip());
    }

    private Fixture fixture(Fixtures fixtures) {
        Fixture fixture = fixtures.event(type);
        ids.forEach(fixture::id);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw context.usage("--set must be PATH=VALUE, such as data.first_name=Ann, not: " + setting);
            }
            fixture.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return fixture;
    }

    private EventSender sender(MessageSigner signer) {
        try {
            URI endpoint = URI.create(to == null ? "http://127.0.0.1:" + port() + PATH : to);
            TypedPort.check(endpoint, "--to");
            return new EventSender(endpoint, signer, context.clock());
        } catch (IllegalArgumentException unusable) {
            throw context.usage(
                    "--to must be an http or https URL, such as http://127.0.0.1:8787" + PATH + ", not: " + to);
        }
    }

    private int port() {
        String port = context.environment().get("BELLHOP_PORT");
        if (port == null) {
            return 8787;
        }
        try {
            int number = Integer.parseInt(port.strip());
            if (number > 0 && number < 65_536) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a number out of range.
        }
        throw context.usage("BELLHOP_PORT must be a port from 1 to 65535, not: " + port);
    }
}
