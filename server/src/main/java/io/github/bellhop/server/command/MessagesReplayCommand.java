package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.mend.Replay;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bellhop messages replay}: has messages applied again. */
@Command(
        name = "replay",
        description = {
            "Has messages applied again: one by its id, or all that are meant by the options, oldest first.",
            "",
            "They are made due, and the server or app that runs on the database mirrors them by their versions, as it"
                    + " would new ones. Handlers whose runs died are called again; with --handler those that are named,"
                    + " and no others. Messages without their payload are left out."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop messages replay msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "  bellhop messages replay --state aside --since 3d",
            "  bellhop messages replay --type 'user.*' --handler welcome-mail --yes",
            "",
            "Exit codes: 0 well, 1 not all were made due, or none found, 2 wrong usage."
        })
final class MessagesReplayCommand implements Callable<Integer> {
    private static final int PAGE = 200;

    private final ProgramEnvironment environment;
    private final InstantSource clock;
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MESSAGE-ID", description = "The message, for which nothing is asked.")
    private @Nullable String messageId;

    @Mixin
    private final MessageFilterOptions filter = new MessageFilterOptions();

    @Option(names = "--after", paramLabel = "MESSAGE-ID", description = "Only those that came after this one.")
    private @Nullable String after;

    @Option(
            names = "--handler",
            paramLabel = "NAME",
            split = ",",
            description = "Call this handler again, whether its run died or not.")
    private List<String> handlers = new ArrayList<>();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private MessagesReplayCommand(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        this.environment = environment;
        this.clock = clock;
        this.terminal = terminal;
    }

    static CommandLine line(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        return new CommandLine(new MessagesReplayCommand(environment, clock, terminal))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        if (messageId == null && filter.isEmpty()) {
            throw usage("Which messages? Give an id, or at least one of --type, --entity, --state, --since, --until.");
        }
        if (messageId != null && (!filter.isEmpty() || after != null)) {
            throw usage("Give a message's id or what to choose by, not both.");
        }
        return store.use(environment, database -> messageId == null ? many(database) : one(database, messageId));
    }

    private Replay.Outcome replay(Replay replay, String id) {
        return handlers.isEmpty() ? replay.replay(id) : replay.replay(id, handlers);
    }

    private int one(Database database, String id) {
        String told = switch (replay(new Replay(database, clock), id)) {
            case DUE -> null;
            case UNKNOWN_MESSAGE -> "There is no message " + id + ".";
            case PAYLOAD_EXPIRED -> "The payload of " + id + " is gone, so it cannot be applied again.";
        };
        say(told == null ? id + " is due again; what runs on the database takes it within seconds." : told);
        return told == null ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int many(Database database) {
        MessageReader reader = new MessageReader(database);
        MessagePlace start = after == null ? null : reader.place(after).orElse(null);
        if (after != null && start == null) {
            say("There is no message " + after + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        MessageFilter wanted = bounded();
        long count = reader.count(wanted, start, true);
        long without = reader.count(wanted, start, false);
        if (count == 0) {
            say("There is no such message that has its payload; without it: " + without + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        String what = "To be applied again: " + count + (count == 1 ? " message" : " messages") + "; left out, without"
                + " their payload: " + without + ".";
        if (!new Confirmation(terminal, spec).isGiven(yes, what, "yes")) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Replay replay = new Replay(database, clock);
        boolean all = new ManySteps<MessagePlace>(spec.commandLine().getErr(), "Due again", count)
                .run(
                        last -> reader.oldestWithPayload(wanted, last == null ? start : last, PAGE),
                        place -> replay(replay, place.messageId()) == Replay.Outcome.DUE,
                        place -> "the same with --after " + place.messageId());
        return all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** What comes while it is asked and done is not meant. */
    private MessageFilter bounded() {
        Instant now = clock.instant();
        MessageFilter wanted = filter.filter(now);
        return wanted.until() == null || wanted.until().isAfter(now) ? wanted.before(now) : wanted;
    }

    private void say(String text) {
        Paragraph.tell(spec, text);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
