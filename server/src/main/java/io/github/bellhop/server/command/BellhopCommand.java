package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.terminal.Terminal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The root of the command line: {@code bellhop} itself, which only lists its commands. */
@Command(
        name = "bellhop",
        description = "Receive Clerk webhooks, verify and store them, and keep your database in sync.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  bellhop dev",
            "  bellhop trigger user.created",
            "  bellhop show clerk_users",
            "",
            "Run bellhop COMMAND --help for more about a command."
        })
public final class BellhopCommand implements Runnable {
    private static final List<Offered> OFFERED = List.of(
            new Offered("dev", DevCommand.ABOUT, context -> new CommandLine(new DevCommand(context))),
            new Offered("serve", ServeCommand.ABOUT, context -> new CommandLine(new ServeCommand(context))),
            new Offered("trigger", TriggerCommand.ABOUT, context -> TriggerCommand.line(context)),
            new Offered("show", ShowCommand.ABOUT, context -> new CommandLine(new ShowCommand(context))),
            new Offered("messages", MessagesCommand.ABOUT, context -> MessagesCommand.line(context)),
            new Offered("dead-letters", DeadLettersCommand.ABOUT, context -> DeadLettersCommand.line(context)),
            new Offered("erase", EraseCommand.ABOUT, context -> new CommandLine(new EraseCommand(context))),
            new Offered("listen", ListenCommand.ABOUT, context -> new CommandLine(new ListenCommand(context))),
            new Offered("doctor", DoctorCommand.ABOUT, context -> DoctorCommand.line(context)),
            new Offered("schema", SchemaCommand.ABOUT, context -> new CommandLine(new SchemaCommand(context))),
            new Offered("verify", VerifyCommand.ABOUT, context -> new CommandLine(new VerifyCommand(context))),
            new Offered("completion", CompletionCommand.ABOUT, context -> new CommandLine(new CompletionCommand())));

    private final CommandLine line = new CommandLine(this);

    private BellhopCommand() {}

    /** Returns the whole command line. It writes to the process's standard streams unless other writers are set. */
    public static CommandLine line(ProgramEnvironment environment) {
        return line(environment, Terminal.ofProcess());
    }

    /** Returns the whole command line with the given terminal. */
    static CommandLine line(ProgramEnvironment environment, Terminal terminal) {
        return line(environment, terminal, name -> true);
    }

    /**
     * Returns the command line for one run. Only the command that the arguments name is loaded with its options; the
     * others have just a name and description. Loading every command would take up most of a short command's run time.
     */
    public static CommandLine line(ProgramEnvironment environment, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return line(environment, Terminal.ofProcess(), name -> name.equals(first) || first.equals("completion"));
    }

    /** Returns the arguments with {@code help COMMAND} replaced by {@code COMMAND --help}, which many users expect. */
    public static List<String> withHelpAsOption(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.get(0).equals("help")) {
            return arguments;
        }
        List<String> words = new ArrayList<>(arguments.subList(1, arguments.size()));
        words.add("--help");
        return words;
    }

    private static CommandLine line(ProgramEnvironment environment, Terminal terminal, Predicate<String> whole) {
        CommandContext context = new CommandContext(environment, InstantSource.system(), terminal);
        CommandLine line = new BellhopCommand().line;
        for (Offered offered : OFFERED) {
            line.addSubcommand(whole.test(offered.name()) ? offered.line().apply(context.copy()) : offered.named());
        }
        return line.setExpandAtFiles(false)
                .setExecutionStrategy(new LastCommand())
                .setParameterExceptionHandler(new UsageMessage())
                .setExecutionExceptionHandler(new FaultMessage());
    }

    /**
     * A command and its factory. The name and the description are constants, so a command can be listed without
     * loading its class and annotations, which would take about a millisecond per command.
     */
    private record Offered(String name, String about, Function<CommandContext, CommandLine> line) {
        /** Returns a command without options, which is enough for the list of commands. */
        CommandLine named() {
            CommandSpec spec = CommandSpec.create().name(name);
            spec.usageMessage().description(about);
            return new CommandLine(spec);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(line, "Missing command.");
    }
}
