package io.github.bellhop.server.command;

import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.erase.Erasure;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop erase}: everything about a person. */
@Command(
        name = "erase",
        description = {
            EraseCommand.ABOUT,
            "",
            "Ids stay, and a receipt. What comes later about them is kept without its payload and changes nothing. It cannot"
                    + " be undone. Your app's own tables, backups, and Clerk itself are not reached."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA --dry-run",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA --status --json",
            "",
            "Exit codes: 0 erased, 1 not erased, 2 wrong usage."
        })
final class EraseCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT =
            "Erases a person: their rows in all tables, the payloads of their messages, and their lines of the audit log.";

    /** How every user's id begins; the rest has what Clerk's ids have, and what tests are likely to have. */
    private static final Pattern USER_ID = Pattern.compile("user_[A-Za-z0-9_-]{1,250}");

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "USER-ID", description = "The user's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String userId;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(names = "--status", description = "Only say whether they are erased, with the receipt.")
    private boolean status;

    @Option(names = "--compact", description = "Give the room back afterwards. On SQLite writers wait meanwhile.")
    private boolean compact;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "The receipt, or what would go, as one JSON object.")
    private boolean json;

    @Mixin
    private final AddressesOption addresses = new AddressesOption();

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    EraseCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!USER_ID.matcher(userId).matches()) {
            throw context.usage("This is no user's id: they begin with user_. bellhop show clerk_users has some.");
        }
        if (status && (dryRun || addresses.isGiven() || compact || yes)) {
            throw context.usage("--status only looks: without --dry-run, --addresses, --compact and --yes.");
        }
        List<String> further = addresses.read(context.environment());
        return store.use(context.environment(), database -> work(database, further));
    }

    private int work(Database database, List<String> further) {
        Eraser eraser = new Eraser(database, context.clock());
        ErasurePrinter printer = new ErasurePrinter(context, json);
        if (status) {
            return printer.status(userId, eraser.find(userId));
        }
        Map<String, Long> counts = eraser.preview(userId, further);
        Optional<Erasure> before = eraser.find(userId);
        if (dryRun) {
            printer.preview(userId, before, counts);
            return CommandLine.ExitCode.OK;
        }
        boolean nothingLeft = counts.isEmpty()
                && before.filter(receipt -> receipt.erasedAt() != null).isPresent();
        if (!nothingLeft) {
            printer.announce(userId, before, counts);
            if (!context.isConfirmed(yes, "It cannot be undone.", userId)) {
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        Erasure receipt = nothingLeft ? before.orElseThrow() : erase(eraser, further);
        int exitCode = printer.status(userId, Optional.of(receipt));
        return compact && !isCompacted(eraser) ? CommandLine.ExitCode.SOFTWARE : exitCode;
    }

    private boolean isCompacted(Eraser eraser) {
        try {
            boolean complete = eraser.compact();
            if (!complete) {
                context.say(
                        userId + " is erased, but copies may be left in the log beside the database file (its name ends"
                                + " in -wal): another program reads the file. End that program, or wait for it, then run"
                                + " the same command again.");
            }
            return complete;
        } catch (StoreException fault) {
            context.say(userId + " is erased, but the room was not given back. The same command tries it again.");
            throw fault;
        }
    }

    private Erasure erase(Eraser eraser, List<String> further) {
        try {
            return eraser.erase(userId, further);
        } catch (StoreException fault) {
            context.say("The erasure of " + userId + " may be half done. The same command finishes it.");
            throw fault;
        }
    }
}
