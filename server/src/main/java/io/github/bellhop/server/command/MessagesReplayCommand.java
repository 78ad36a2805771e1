package io.github.bellhop.server.command;

import io.github.bellhop.server.message.ReplayFollower;
import io.github.bellhop.server.message.ReplayTally;
import io.github.bellhop.server.message.StepRunner;
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

/** {@code bellhop messages replay}: replays stored messages. */
@Command(
        name = "replay",
        description = {
            "Replay one message by its id, or all that the options select, oldest first.",
            "",
            "The messages become due, and the server or app that runs on the database mirrors them by their versions, like"
                    + " new messages. Handlers whose runs are dead are called again; with --handler, only the named"
                    + " handlers are. Messages without a payload, and messages that a replay cannot change, are skipped."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop messages replay msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA --wait",
            "  bellhop messages replay --state aside --since 3d",
            "  bellhop messages replay --type 'user.*' --handler welcome-mail --yes",
            "",
            "Exit codes: 0 all due again; 1 some not due, none found, or a failure with --wait; 2 wrong usage."
        })
final class MessagesReplayCommand implements Callable<Integer> {
    private static final int PAGE = 200;

    @Mixin
    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "MESSAGE-ID",
            description = "Id of the message. A single message needs no confirmation.")
    private @Nullable String messageId;

    @Mixin
    private final MessageFilterOptions filter = new MessageFilterOptions();

    @Option(names = "--after", paramLabel = "MESSAGE-ID", description = "Only messages received after this one.")
    private @Nullable String after;

    @Option(
            names = "--handler",
            paramLabel = "NAME",
            split = ",",
            description = "Call this handler again, whether or not its run is dead.")
    private List<String> handlers = new ArrayList<>();

    @Option(
            names = "--wait",
            description = "For a single message: wait until it is mirrored and its handlers are done, and print the"
                    + " result.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeArgument.Converter.class,
            description = "How long to wait, such as 2m. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private TimeArgument timeout;

    @Option(names = "--yes", description = "Skip the confirmation.")
    private boolean yes;

    @Option(
            names = "--json",
            description = "At the end, print one line of JSON with the number of messages due again, and the number"
                    + " skipped for each reason.")
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
                    "No messages selected. Give an id, or at least one of --type, --entity, --state, --since, --until.");
        }
        if (messageId != null && (!filter.isEmpty() || after != null)) {
            throw context.usage("Give either a message id or options that select messages.");
        }
        if (wait && messageId == null) {
            throw context.usage("--wait applies to a single message. Give its id.");
        }
        if (!(timeout instanceof TimeArgument.Ago)) {
            throw context.usage("--timeout must be a duration such as 30s or 2m.");
        }
        return store.use(context.environment(), database -> {
            rejectUnknownHandlers(database);
            return messageId == null ? many(database) : one(database, messageId);
        });
    }

    /** Rejects unknown handlers, whose runs would wait forever. */
    private void rejectUnknownHandlers(Database database) {
        Set<String> known = handlers.isEmpty() ? Set.of() : new MessageReader(database).handlers();
        for (String handler : handlers) {
            if (!known.contains(handler)) {
                throw context.usage("Unknown handler \"" + handler + "\". "
                        + (known.isEmpty()
                                ? "No app has registered a handler in this database yet. Start the app once."
                                : "Known handlers: " + String.join(", ", known) + "."));
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
                        ? id + " is due again. The server or app on the database processes it within seconds."
                                + condition
                        : tally.message(outcome, id));
        if (due && wait && timeout instanceof TimeArgument.Ago patience) {
            ReplayFollower.End end = new ReplayFollower(reader, id, called).follow(patience.length());
            end.lines().forEach(line -> context.out().print(Paragraph.of(line)));
            context.out().flush();
            return end(tally, end.well());
        }
        return end(tally, due);
    }

    /** Returns a note for a message of another Clerk instance; empty for any other message. */
    private String condition(MessageReader reader, String id) {
        return reader.message(id)
                .map(KeptMessage::message)
                .filter(message ->
                        message.state() == MessageState.ASIDE && MessageJudge.FOREIGN_INSTANCE.equals(message.reason()))
                .map(message ->
                        " It was set aside because it names another Clerk instance (foreign-instance). It is applied only"
                                + " if the server's BELLHOP_INSTANCE_ID is " + message.instanceId() + " or not set.")
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
            context.say("No matching message has a payload. Matching messages without a payload: " + without + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        String what = "To be replayed: " + count + (count == 1 ? " message" : " messages") + "; skipped, without a"
                + " payload: " + without + ".";
        if (!context.confirm(yes, what, "yes")) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Replay replay = replay(database);
        ReplayTally tally = tally();
        boolean all = new StepRunner<MessagePlace>(context.err(), "Due again", count, tally::others)
                .run(
                        last -> reader.oldestWithPayload(wanted, last == null ? start : last, PAGE),
                        place -> tally.count(replay(replay, place.messageId())),
                        place -> "run the same command with --after " + place.messageId());
        return end(tally, all);
    }

    /** Returns the filter, changed to exclude messages that arrive during the confirmation and the replay. */
    private MessageFilter bounded() {
        Instant now = context.clock().instant();
        MessageFilter wanted = filter.filter(now);
        return wanted.until() == null || wanted.until().isAfter(now) ? wanted.before(now) : wanted;
    }
}
