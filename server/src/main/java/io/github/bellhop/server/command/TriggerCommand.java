package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.SecretSource;
import io.github.bellhop.server.settings.TypedPort;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.server.trigger.DevSimulator;
import io.github.bellhop.server.trigger.RefusedEventException;
import io.github.bellhop.server.trigger.TriggerReport;
import io.github.bellhop.server.trigger.TriggerRun;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.simulator.clerk.WantedEvent;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.FixtureException;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.net.URI;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code bellhop trigger}: makes realistic events, signs them like Clerk and posts them to a receiver. */
@Command(
        name = "trigger",
        description = {
            TriggerCommand.ABOUT,
            "",
            "While bellhop dev runs on this machine, its simulator makes the events: an entity that exists there keeps its"
                    + " state, and an invented one exists there afterwards."
        },
        sortOptions = false,
        abbreviateSynopsis = true)
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
                        + " its user, for an e-mail or text message the recipient. For a membership, invitation or"
                        + " domain, an org_... id names its organization. Repeatable."
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
        } catch (FixtureException | RefusedEventException | UnusableSettingException wrong) {
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
        Fixture unused = identified(fixtures);
        MessageSigner signer = new SecretSource(context.environment()).signer(secret);
        EventSender sender = sender(signer);
        TriggerReport report = new TriggerReport(context.out(), context.err(), sender.endpoint(), count, json);
        new TriggerRun(sender, messages(fixtures, sender.endpoint()), report::add).send(count, rate);
        return report.end() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Fixtures fixtures() {
        Fixtures fixtures = Fixtures.of(context.clock(), new SecureRandom());
        String instance = instance();
        return instance == null ? fixtures : fixtures.fromInstance(instance);
    }

    private @Nullable String instance() {
        String instance = context.environment().get("BELLHOP_INSTANCE_ID");
        return instance == null ? null : instance.strip();
    }

    private Fixture identified(Fixtures fixtures) {
        Fixture fixture = fixtures.event(type);
        ids.forEach(fixture::id);
        return fixture;
    }

    private Fixture fixture(Fixtures fixtures) {
        Fixture fixture = identified(fixtures);
        settings().forEach(fixture::set);
        return fixture;
    }

    private Map<String, JsonNode> settings() {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw context.usage("--set must be PATH=VALUE, such as data.first_name=Ann, not: " + setting);
            }
            values.put(setting.substring(0, equals), ApiJson.valueOf(setting.substring(equals + 1)));
        }
        return values;
    }

    /** The messages to send: from the simulator of {@code bellhop dev} if both run on this machine, else invented. */
    private TriggerRun.Messages messages(Fixtures fixtures, URI endpoint) {
        Optional<DevSimulator> simulator = simulator(endpoint);
        if (simulator.isEmpty()) {
            Fixture unused = fixture(fixtures);
        }
        WantedEvent wanted = new WantedEvent(type, ids, settings(), instance());
        return () -> {
            String messageId = fixtures.messageId();
            Optional<OutgoingMessage> made =
                    simulator.isPresent() ? simulator.get().event(messageId, wanted) : Optional.empty();
            return made.isPresent() ? made.get() : OutgoingMessage.of(messageId, fixture(fixtures));
        };
    }

    private Optional<DevSimulator> simulator(URI endpoint) {
        int port = port("BELLHOP_SIMULATOR_PORT", 8789, 0);
        String key = context.environment().get("BELLHOP_SIMULATOR_SECRET_KEY");
        boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(endpoint.getHost());
        return here
                ? DevSimulator.find(port, key == null ? ClerkBackendApi.SECRET_KEY : key.strip())
                : Optional.empty();
    }

    private EventSender sender(MessageSigner signer) {
        try {
            URI endpoint = URI.create(to == null ? "http://127.0.0.1:" + port("BELLHOP_PORT", 8787, 1) + PATH : to);
            TypedPort.check(endpoint, "--to");
            return new EventSender(endpoint, signer, context.clock());
        } catch (IllegalArgumentException unusable) {
            throw context.usage(
                    "--to must be an http or https URL, such as http://127.0.0.1:8787" + PATH + ", not: " + to);
        }
    }

    private int port(String variable, int otherwise, int least) {
        String port = context.environment().get(variable);
        if (port == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(port.strip());
            if (number >= least && number < 65_536) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a number out of range.
        }
        throw context.usage(variable + " must be a port from " + least + " to 65535, not: " + port);
    }
}
