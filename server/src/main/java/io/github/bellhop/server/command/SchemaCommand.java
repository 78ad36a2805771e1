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

/** {@code bellhop schema}: the tables' definitions. */
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
    /** What it does, as the list of commands has it. */
    static final String ABOUT =
            "Prints, checks or makes the tables. serve makes them by itself; this is for those whose program may not.";

    @Mixin
    private final CommandContext context;

    SchemaCommand(CommandContext context) {
        this.context = context;
    }

    /** The databases that there are definitions for. */
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
        throw context.usage("What about the schema: print, check or migrate?");
    }

    @Command(
            name = "print",
            description = {
                "Prints the definitions of all tables, for those who apply migrations by other means. Such tables have no"
                        + " history: set bellhop.schema to none in an app that uses them.",
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
            description = {
                "Tells whether the tables are up to date, and changes nothing. Exit code 1: they are not.",
                ""
            },
            footer = {"", "Examples:", "  bellhop schema check"})
    int check(@Mixin DatabaseOption database) {
        List<String> pending =
                SilentLog.during(() -> Schema.pending(Databases.unpooled(database.existing(context.environment()))));
        pending.forEach(migration -> context.out().println("not applied: " + migration));
        context.out()
                .println(pending.isEmpty() ? "The tables are up to date." : "bellhop schema migrate applies them.");
        context.out().flush();
        return pending.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "migrate",
            description = {"Brings the tables up to date; it may run beside a serve of an earlier version.", ""},
            footer = {"", "Examples:", "  bellhop schema migrate --database jdbc:postgresql://localhost:5432/app"})
    int migrate(@Mixin DatabaseOption database) {
        List<String> applied = SilentLog.during(() -> {
            // A pool would try for seconds, and give up what takes long.
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
