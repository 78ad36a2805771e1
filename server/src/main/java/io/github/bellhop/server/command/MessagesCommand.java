package io.github.bellhop.server.command;

import io.github.bellhop.server.message.MessagePrinter;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.mirror.PayloadView;
import io.github.bellhop.sync.mirror.ShownPayload;
import io.github.bellhop.sync.read.KeptMessage;
import io.github.bellhop.sync.read.MessagePage;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop messages}: lists stored messages with their states, or shows one. */
@Command(
        name = "messages",
        description = {
            MessagesCommand.ABOUT,
            "",
            "Private and unsafe metadata, addresses, and the content of e-mails and text messages are masked unless"
                    + " --private is given. Headers and finished handler runs are not stored."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop messages --type 'user.*' --since 2h",
            "  bellhop messages --state dead,aside --json",
            "  bellhop messages msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "  bellhop messages msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA --raw --private",
            "",
            "Exit codes: 0 success, even if the list is empty; 1 no message with that id; 2 wrong usage."
        })
final class MessagesCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT =
            "List messages, newest first, or show one with its payload and unfinished handler runs.";

    private static final int MAX_LIMIT = 1_000;

    @Mixin
    private final CommandContext context;

    private final Function<Database, MessageReader> readers;

    @Parameters(arity = "0..1", paramLabel = "MESSAGE-ID", description = "Id of the message to show.")
    private @Nullable String messageId;

    @Mixin
    private final MessageFilterOptions filter = new MessageFilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "List at most this many messages, up to 1000. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--before", paramLabel = "MESSAGE-ID", description = "List messages older than this one.")
    private @Nullable String before;

    @Option(names = "--raw", description = "Print only the payload, byte for byte. Requires --private.")
    private boolean raw;

    @Option(names = "--private", description = "Mask nothing.")
    private boolean unmasked;

    @Option(names = "--json", description = "Print one line of JSON per message.")
    private boolean json;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private MessagesCommand(CommandContext context, Function<Database, MessageReader> readers) {
        this.context = context;
        this.readers = readers;
    }

    static CommandLine line(CommandContext context) {
        return line(context, MessageReader::new);
    }

    /** Creates the command with another reader for the list. */
    static CommandLine line(CommandContext context, Function<Database, MessageReader> readers) {
        return new CommandLine(new MessagesCommand(context, readers))
                .addSubcommand(new CommandLine(new MessagesReplayCommand(context.copy())))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw context.usage("--limit must be a number from 1 to " + MAX_LIMIT + ".");
        }
        if (messageId != null) {
            if (!filter.isEmpty() || before != null) {
                throw context.usage("Give either a message id or options that filter the list.");
            }
            if (raw && (!unmasked || json)) {
                throw context.usage("--raw also prints private data. Add --private, and remove --json.");
            }
        } else if (raw || unmasked) {
            throw context.usage("--raw and --private apply to a single message. Give its id.");
        }
        return store.use(
                context.environment(), database -> messageId == null ? list(database) : show(database, messageId));
    }

    private int list(Database database) {
        MessageReader reader = readers.apply(database);
        MessagePlace place = null;
        if (before != null) {
            Optional<MessagePlace> known = reader.place(before);
            if (known.isEmpty()) {
                return fail("There is no message " + before + ".");
            }
            place = known.get();
        }
        MessageFilter wanted = filter.filter(context.clock().instant());
        MessagePage page = reader.search(wanted, place, limit);
        List<MessageRecord> messages = page.messages();
        if (messages.isEmpty() && page.searchedTo() == null) {
            context.say("No message matches.");
            return CommandLine.ExitCode.OK;
        }
        MessagePrinter printer = printer();
        Map<String, List<RunRecord>> runs =
                reader.runs(messages.stream().map(MessageRecord::messageId).toList());
        for (MessageRecord message : messages) {
            List<RunRecord> own = runs.getOrDefault(message.messageId(), List.of());
            if (json) {
                printer.json(message, own);
            } else {
                printer.line(message, own);
            }
        }
        context.out().flush();
        if (page.searchedTo() != null) {
            context.say(
                    "Only messages since " + page.searchedTo() + " were searched. Narrow the search with --since, or"
                            + " continue with --until " + page.searchedTo() + ".");
        }
        if (messages.size() == limit && !json) {
            context.say("For older messages, add --before "
                    + messages.get(limit - 1).messageId());
        }
        return CommandLine.ExitCode.OK;
    }

    private int show(Database database, String id) {
        Optional<KeptMessage> found = new MessageReader(database).message(id);
        if (found.isEmpty()) {
            return fail("There is no message " + id + ".");
        }
        byte[] payload = found.get().payload();
        if (raw) {
            return payload == null ? fail("The payload of " + id + " is gone.") : write(payload);
        }
        PayloadView view = unmasked ? PayloadView.WHOLE : PayloadView.SCREEN;
        ShownPayload shown = payload == null
                ? null
                : new ShownPayload(view, found.get().message().type(), payload);
        MessagePrinter printer = printer();
        if (json) {
            printer.json(found.get(), shown);
        } else {
            printer.text(found.get(), shown);
        }
        context.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private int write(byte[] payload) {
        try {
            context.terminal().bytes().write(payload);
            context.terminal().bytes().flush();
            return CommandLine.ExitCode.OK;
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private MessagePrinter printer() {
        return new MessagePrinter(context.out(), Ansi.AUTO.enabled());
    }

    private int fail(String message) {
        context.say(message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
