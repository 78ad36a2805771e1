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

/** {@code bellhop trigger}: makes realistic events, signs them as Clerk does and posts them to a receiver. */
@Command(name = "trigger", description = TriggerCommand.ABOUT, sortOptions = false, abbreviateSynopsis = true)
final class TriggerCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT = "Sends realistic events, signed as Clerk's are, to a receiver.";

    static final String PATH = "/api/webhooks/clerk";

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "TYPE", description = "The type of event, such as user.created.")
    private String type = "";

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "Where to post. Default: this machine, port 8787 or what BELLHOP_PORT says, path " + PATH)
    private @Nullable String to;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = {
                "The signing secret of the receiver. Default: the first of CLERK_WEBHOOK_SIGNING_SECRET, else what"
                        + " bellhop dev keeps in data/dev-secret."
            })
    private @Nullable String secret;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = {
                "The entity's id, to follow up on an earlier event. For a session or membership a user_... id names"
                        + " its user; for a membership, invitation or domain an org_... id names its organization. May"
                        + " be given several times."
            })
    private List<String> ids = List.of();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = {
                "Changes the payload. The path begins at its root and its steps are keys or array positions; the value"
                        + " is JSON if it can be read as that, and otherwise text. Metadata takes new keys."
            })
    private List<String> settings = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many messages to send, each about another entity unless --id is given. Default: 1")
    private int count = 1;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "How many to send each second. Default: as fast as they are answered.")
    private @Nullable Double rate;

    @Option(names = "--json", description = "Prints one line of JSON per message.")
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
            throw context.usage("--count is to be 1 or more.");
        }
        if (rate != null && !(rate > 0 && rate <= TriggerRun.HIGHEST_RATE)) {
            throw context.usage("--rate is to be a number of messages each second, above 0.");
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
                throw context.usage("--set wants PATH=VALUE, such as data.first_name=Ann, not: " + setting);
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
                    "--to wants an http or https address, such as http://127.0.0.1:8787" + PATH + ", not: " + to);
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
            // Told below, as a number out of range is.
        }
        throw context.usage("BELLHOP_PORT is to be a port between 1 and 65535, not: " + port);
    }
}
