package io.github.bellhop.server.command;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.Schema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop schema}: prints, checks or migrates the tables. */
@Command(
        name = "schema",
        description = {SchemaCommand.ABOUT, ""},
        footer = {
            "",
            "Examples:",
            "  bellhop schema print --dialect postgresql > bellhop.sql",
            "  bellhop schema check",
            "  bellhop schema migrate --database jdbc:postgresql://localhost:5432/app"
        })
final class SchemaCommand implements Runnable {
    /** The description in the list of commands. */
    static final String ABOUT =
            "Print, check or migrate the tables. Use it if bellhop serve may not create tables itself.";

    @Mixin
    private final CommandContext context;

    SchemaCommand(CommandContext context) {
        this.context = context;
    }

    /** The databases that Bellhop has table definitions for. */
    enum DialectName {
        POSTGRESQL("jdbc:postgresql://localhost/any"),
        SQLITE("jdbc:sqlite:any.db");

        private final String url;

        DialectName(String url) {
            this.url = url;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void run() {
        throw context.usage("Missing subcommand: print, check or migrate.");
    }

    @Command(
            name = "print",
            description = {
                "Print the SQL definitions of all tables, to apply them with another migration tool. Such tables have no"
                        + " migration history, so set bellhop.schema to none in an app that uses them.",
                ""
            },
            footer = {"", "Examples:", "  bellhop schema print --dialect postgresql > bellhop.sql"})
    int print(
            @Option(names = "--dialect", paramLabel = "NAME", required = true, description = "postgresql or sqlite.")
                    DialectName dialect) {
        PrintWriter out = context.out();
        out.print(Schema.script(Databases.dialectOf(dialect.url)));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "check",
            description = {"Check whether the tables are up to date, and change nothing.", ""},
            footer = {
                "",
                "Examples:",
                "  bellhop schema check",
                "",
                "Exit codes: 0 up to date; 1 not up to date; 2 wrong usage."
            })
    int check(@Mixin DatabaseOption database) {
        List<String> pending =
                SilentLog.during(() -> Schema.pending(Databases.unpooled(database.existing(context.environment()))));
        pending.forEach(migration -> context.out().println("not applied: " + migration));
        context.out()
                .println(
                        pending.isEmpty() ? "The tables are up to date." : "Run bellhop schema migrate to apply them.");
        context.out().flush();
        return pending.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "migrate",
            description = {"Bring the tables up to date. A bellhop serve of an earlier version can keep running.", ""},
            footer = {"", "Examples:", "  bellhop schema migrate --database jdbc:postgresql://localhost:5432/app"})
    int migrate(@Mixin DatabaseOption database) {
        List<String> applied = SilentLog.during(() -> {
            // A pool would retry for seconds if the database is down, and would cancel a long migration.
            Database opened = Databases.unpooled(database.settings(context.environment()));
            List<String> pending = Schema.pending(opened);
            Schema.migrate(opened);
            return pending;
        });
        applied.forEach(migration -> context.out().println("applied: " + migration));
        context.out().println("The tables are up to date.");
        context.out().flush();
        return CommandLine.ExitCode.OK;
    }
}
