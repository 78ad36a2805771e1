package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.terminal.Terminal;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The root of the command line: the program itself, which does nothing but name its commands. */
@Command(
        name = "bellhop",
        description = "Clerk webhooks for the JVM: verified, kept, applied once and never backwards.",
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
            "bellhop COMMAND --help tells more of one."
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

    /** The whole command line, ready to run; it writes to the process's standard streams unless told otherwise. */
    public static CommandLine line(ProgramEnvironment environment) {
        return line(environment, Terminal.ofProcess());
    }

    /** The same with another terminal. */
    static CommandLine line(ProgramEnvironment environment, Terminal terminal) {
        return line(environment, terminal, name -> true);
    }

    /**
     * The same for one run: only the command that the arguments begin with is read whole, since that takes most of the
     * time that a short command takes; the others are there with their names.
     */
    public static CommandLine line(ProgramEnvironment environment, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return line(environment, Terminal.ofProcess(), name -> name.equals(first) || first.equals("completion"));
    }

    private static CommandLine line(ProgramEnvironment environment, Terminal terminal, Predicate<String> whole) {
        CommandContext context = new CommandContext(environment, InstantSource.system(), terminal);
        CommandLine line = new BellhopCommand().line;
        for (Offered offered : OFFERED) {
            line.addSubcommand(whole.test(offered.name()) ? offered.line().apply(context.another()) : offered.named());
        }
        return line.setExpandAtFiles(false)
                .setExecutionStrategy(new LastCommand())
                .setParameterExceptionHandler(new UsageMessage())
                .setExecutionExceptionHandler(new FaultMessage());
    }

    /**
     * A command and how it is made. Name and words are constants, so that a command that is only listed is not read: its
     * class and annotations would take a millisecond each.
     */
    private record Offered(String name, String about, Function<CommandContext, CommandLine> line) {
        /** Without its options: enough to be listed. */
        CommandLine named() {
            CommandSpec spec = CommandSpec.create().name(name);
            spec.usageMessage().description(about);
            return new CommandLine(spec);
        }
    }

    /** Without a command there is nothing to do but help. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(line, "Which command?");
    }
}
