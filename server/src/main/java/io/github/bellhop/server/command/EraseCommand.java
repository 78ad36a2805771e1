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

/** {@code bellhop erase}: erases a person's data. */
@Command(
        name = "erase",
        description = {
            EraseCommand.ABOUT,
            "",
            "Ids and a receipt remain. Later messages about the person are stored without a payload and change nothing. An"
                    + " erasure cannot be undone. It does not reach your app's own tables, your backups, or Clerk."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA --dry-run",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "  bellhop erase user_3MWHtDdEfEz5gnlUMxYyDv0O0KA --status --json",
            "",
            "Exit codes: 0 erased; 1 not erased; 2 wrong usage."
        })
final class EraseCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT =
            "Erase a person: their rows in all tables, the payloads of their messages, and their audit log entries.";

    /** A user id. Allows the characters of Clerk's ids, and those that test data is likely to contain. */
    private static final Pattern USER_ID = Pattern.compile("user_[A-Za-z0-9_-]{1,250}");

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "USER-ID", description = "Id of the user.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String userId;

    @Option(names = "--dry-run", description = "Show what would be erased, and erase nothing.")
    private boolean dryRun;

    @Option(names = "--status", description = "Show whether the person is erased, and print the receipt.")
    private boolean status;

    @Option(
            names = "--compact",
            description = "Release the disk space afterwards. On SQLite, writers wait until it is done.")
    private boolean compact;

    @Option(names = "--yes", description = "Skip the confirmation.")
    private boolean yes;

    @Option(names = "--json", description = "Print the receipt, or the preview, as one line of JSON.")
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
            throw context.usage(
                    "USER-ID must be a user id, which begins with user_. bellhop show clerk_users lists some.");
        }
        if (status && (dryRun || addresses.isGiven() || compact || yes)) {
            throw context.usage("--status cannot be combined with --dry-run, --addresses, --compact or --yes.");
        }
        List<String> addressList = addresses.read(context.environment());
        return store.use(context.environment(), database -> work(database, addressList));
    }

    private int work(Database database, List<String> addressList) {
        Eraser eraser = new Eraser(database, context.clock());
        ErasurePrinter printer = new ErasurePrinter(context, json);
        if (status) {
            return printer.status(userId, eraser.find(userId));
        }
        Map<String, Long> counts = eraser.preview(userId, addressList);
        Optional<Erasure> before = eraser.find(userId);
        if (dryRun) {
            printer.preview(userId, before, counts);
            return CommandLine.ExitCode.OK;
        }
        boolean nothingLeft = counts.isEmpty()
                && before.filter(receipt -> receipt.erasedAt() != null).isPresent();
        if (!nothingLeft) {
            printer.announce(userId, before, counts);
            if (!context.confirm(yes, "This cannot be undone.", userId)) {
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        Erasure receipt = nothingLeft ? before.orElseThrow() : erase(eraser, addressList);
        int exitCode = printer.status(userId, Optional.of(receipt));
        return compact && !compactFile(eraser) ? CommandLine.ExitCode.SOFTWARE : exitCode;
    }

    private boolean compactFile(Eraser eraser) {
        try {
            boolean complete = eraser.compact();
            if (!complete) {
                context.say(userId
                        + " is erased, but copies may remain in the write-ahead log next to the database file (its"
                        + " name ends in -wal), because another program is reading the file. Stop that program"
                        + " or wait for it, then run the same command again.");
            }
            return complete;
        } catch (StoreException fault) {
            context.say(userId + " is erased, but the disk space was not released. Run the same command again.");
            throw fault;
        }
    }

    private Erasure erase(Eraser eraser, List<String> addressList) {
        try {
            return eraser.erase(userId, addressList);
        } catch (StoreException fault) {
            context.say("The erasure of " + userId + " may be incomplete. Run the same command again to finish it.");
            throw fault;
        }
    }
}
