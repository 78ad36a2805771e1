package io.github.bellhop.server.command;

import io.github.bellhop.server.terminal.RowPrinter;
import io.github.bellhop.sync.read.ShownRow;
import io.github.bellhop.sync.read.TableReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop show}: what is in the tables. */
@Command(
        name = "show",
        description = {ShowCommand.ABOUT, "", "Only columns that hold something are shown; payloads never are."},
        footer = {
            "",
            "Examples:",
            "  bellhop show clerk_users",
            "  bellhop show bellhop_inbox --json",
            "  bellhop show user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "",
            "Exit codes: 0 well, also for an empty table, 1 nothing is known of that id, 2 wrong usage."
        })
final class ShowCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT = "Shows the ten newest rows of a table, or an entity with all that belongs to it.";

    private static final int ROWS = 10;

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "TABLE|ENTITY-ID", description = "A table's name, or an id of Clerk's.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String what;

    @Option(names = "--json", description = "One JSON object per row and line.")
    private boolean json;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    ShowCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean table = TableReader.tables().contains(what);
        if (!table && (what.startsWith("clerk_") || what.startsWith("bellhop_"))) {
            throw context.usage(
                    "There is no table " + what + ". There are: " + String.join(", ", TableReader.tables()) + ".");
        }
        return database.use(context.environment(), opened -> print(new TableReader(opened), table));
    }

    private int print(TableReader reader, boolean table) {
        List<ShownRow> rows = table ? reader.newest(what, ROWS) : reader.entity(what);
        PrintWriter out = context.out();
        RowPrinter printer = new RowPrinter(out);
        rows.forEach(json ? printer::json : printer::text);
        out.flush();
        if (rows.isEmpty()) {
            context.say(table ? "The table " + what + " is empty." : "Nothing is known about " + what + ".");
        }
        return rows.isEmpty() && !table ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
