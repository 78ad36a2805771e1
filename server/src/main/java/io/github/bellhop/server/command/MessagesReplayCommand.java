package io.github.bellhop.server.command;

import io.github.bellhop.server.message.ManySteps;
import io.github.bellhop.server.message.ReplayFollower;
import io.github.bellhop.server.message.ReplayTally;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.MessageJudge;
import io.github.bellhop.sync.read.KeptMessage;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop messages replay}: has messages applied again. */
@Command(
        name = "replay",
        description = {
            "Has messages applied again: one by its id, or all that are meant by the options, oldest first.",
            "",
            "They are made due, and the server or app that runs on the database mirrors them by their versions, as it"
                    + " would new ones. Handlers whose runs died are called again; with --handler those that are named,"
                    + " and no others. Messages without their payload are left out, and so is what a replay can do nothing about."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop messages replay msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA --wait",
            "  bellhop messages replay --state aside --since 3d",
            "  bellhop messages replay --type 'user.*' --handler welcome-mail --yes",
            "",
            "Exit codes: 0 well, 1 not all were made due, or none found, or with --wait it did not end well, 2 wrong usage."
        })
final class MessagesReplayCommand implements Callable<Integer> {
    private static final int PAGE = 200;

    @Mixin
    private final CommandContext context;

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

    @Option(
            names = "--wait",
            description = "For one message: wait until it is mirrored and its handlers are done, and say what became of"
                    + " it.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeArgument.Converter.class,
            description = "How long to wait, such as 2m. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private TimeArgument timeout;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--json",
            description = "Print at the end how many are due, and how many are left and why, as JSON.")
    private boolean json;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    MessagesReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (messageId == null && filter.isEmpty()) {
            throw context.usage(
                    "Which messages? Give an id, or at least one of --type, --entity, --state, --since, --until.");
        }
        if (messageId != null && (!filter.isEmpty() || after != null)) {
            throw context.usage("Give a message's id or what to choose by, not both.");
        }
        if (wait && messageId == null) {
            throw context.usage("--wait is for one message: give its id.");
        }
        if (!(timeout instanceof TimeArgument.Ago)) {
            throw context.usage("--timeout wants a length of time such as 30s or 2m.");
        }
        return store.use(context.environment(), database -> {
            refuseUnknown(database);
            return messageId == null ? many(database) : one(database, messageId);
        });
    }

    /** A run of a name that nobody has would wait for ever. */
    private void refuseUnknown(Database database) {
        Set<String> known = handlers.isEmpty() ? Set.of() : new MessageReader(database).handlers();
        for (String handler : handlers) {
            if (!known.contains(handler)) {
                throw context.usage("Unknown handler \"" + handler + "\". "
                        + (known.isEmpty()
                                ? "No app has registered a handler in this database yet: start it once."
                                : "Known are: " + String.join(", ", known) + "."));
            }
        }
    }

    private Replay.Outcome replay(Replay replay, String id) {
        return handlers.isEmpty() ? replay.replay(id) : replay.replay(id, handlers);
    }

    private int one(Database database, String id) {
        MessageReader reader = new MessageReader(database);
        String condition = condition(reader, id);
        Set<String> called = new TreeSet<>(handlers);
        if (handlers.isEmpty()) {
            reader.runs(List.of(id)).getOrDefault(id, List.of()).forEach(run -> called.add(run.handler()));
        }
        ReplayTally tally = tally();
        Replay.Outcome outcome = replay(replay(database), id);
        boolean due = tally.count(outcome);
        context.say(
                due
                        ? id + " is due again; what runs on the database takes it within seconds." + condition
                        : tally.told(outcome, id));
        if (due && wait && timeout instanceof TimeArgument.Ago patience) {
            ReplayFollower.End end = new ReplayFollower(reader, id, called).follow(patience.length());
            end.lines().forEach(line -> context.out().print(Paragraph.of(line)));
            context.out().flush();
            return end(tally, end.well());
        }
        return end(tally, due);
    }

    /** What a message that was set aside needs, when the expected instance is not known here. */
    private String condition(MessageReader reader, String id) {
        return reader.message(id)
                .map(KeptMessage::message)
                .filter(message ->
                        message.state() == MessageState.ASIDE && MessageJudge.FOREIGN_INSTANCE.equals(message.reason()))
                .map(message ->
                        " It was set aside as of another Clerk instance (foreign-instance): it is applied only if"
                                + " BELLHOP_INSTANCE_ID of the server is " + message.instanceId() + ", or not set.")
                .orElse("");
    }

    private Replay replay(Database database) {
        return new Replay(database, context.clock()).expecting(instanceId());
    }

    private ReplayTally tally() {
        return new ReplayTally(instanceId());
    }

    private @Nullable String instanceId() {
        return context.environment().get("BELLHOP_INSTANCE_ID");
    }

    private int end(ReplayTally tally, boolean all) {
        if (json) {
            tally.json(context.out());
        }
        return all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int many(Database database) {
        MessageReader reader = new MessageReader(database);
        MessagePlace start = after == null ? null : reader.place(after).orElse(null);
        if (after != null && start == null) {
            context.say("There is no message " + after + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        MessageFilter wanted = bounded();
        long count = reader.count(wanted, start, true);
        long without = reader.count(wanted, start, false);
        if (count == 0) {
            context.say("There is no such message that has its payload; without it: " + without + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        String what = "To be applied again: " + count + (count == 1 ? " message" : " messages") + "; left out, without"
                + " their payload: " + without + ".";
        if (!context.isConfirmed(yes, what, "yes")) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Replay replay = replay(database);
        ReplayTally tally = tally();
        boolean all = new ManySteps<MessagePlace>(context.err(), "Due again", count, tally::others)
                .run(
                        last -> reader.oldestWithPayload(wanted, last == null ? start : last, PAGE),
                        place -> tally.count(replay(replay, place.messageId())),
                        place -> "the same with --after " + place.messageId());
        return end(tally, all);
    }

    /** What comes while it is asked and done is not meant. */
    private MessageFilter bounded() {
        Instant now = context.clock().instant();
        MessageFilter wanted = filter.filter(now);
        return wanted.until() == null || wanted.until().isAfter(now) ? wanted.before(now) : wanted;
    }
}
