package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line: the program itself, which does nothing but name its commands. */
@Command(
        name = "bellhop",
        description = "Clerk webhooks for the JVM: verified, kept, applied once and never backwards.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "bellhop COMMAND --help tells more of one."})
public final class BellhopCommand implements Runnable {
    private final CommandLine line = new CommandLine(this);

    private BellhopCommand() {}

    /** The whole command line, ready to run; it writes to the process's standard streams unless told otherwise. */
    public static CommandLine line(ProgramEnvironment environment) {
        return line(environment, Terminal.ofProcess());
    }

    /** The same with another terminal. */
    static CommandLine line(ProgramEnvironment environment, Terminal terminal) {
        return new BellhopCommand()
                .line
                .addSubcommand(DevCommand.line(environment))
                .addSubcommand(ServeCommand.line(environment))
                .addSubcommand(TriggerCommand.line(environment))
                .addSubcommand(ShowCommand.line(environment))
                .addSubcommand(MessagesCommand.line(environment, InstantSource.system(), terminal))
                .addSubcommand(DeadLettersCommand.line(environment, InstantSource.system(), terminal))
                .addSubcommand(DoctorCommand.line(environment))
                .addSubcommand(VerifyCommand.line(environment, InstantSource.system()))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new UsageMessage())
                .setExecutionExceptionHandler(new FaultMessage());
    }

    /** Without a command there is nothing to do but help. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(line, "Which command?");
    }
}
