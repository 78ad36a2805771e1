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

/** {@code bellhop show}: shows rows of the tables. */
@Command(
        name = "show",
        description = {ShowCommand.ABOUT, "", "Payloads and empty columns are not shown."},
        footer = {
            "",
            "Examples:",
            "  bellhop show clerk_users",
            "  bellhop show bellhop_inbox --json",
            "  bellhop show user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "",
            "Exit codes: 0 success, even if the table is empty; 1 unknown id; 2 wrong usage."
        })
final class ShowCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Show the ten newest rows of a table, or an entity with all its rows.";

    private static final int ROWS = 10;

    @Mixin
    private final CommandContext context;

    @Parameters(paramLabel = "TABLE|ENTITY-ID", description = "The name of a table, or a Clerk id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String what;

    @Option(names = "--json", description = "Print one line of JSON per row.")
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
                    "Unknown table " + what + ". Known tables: " + String.join(", ", TableReader.tables()) + ".");
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
            context.say(table ? "The table " + what + " is empty." : "Nothing is stored about " + what + ".");
        }
        return rows.isEmpty() && !table ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
