package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.TypedSecrets;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.server.terminal.Terminal;
import java.io.PrintWriter;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command's environment, clock, terminal and output. Each command has its own context, as a mixin. */
@Command
final class CommandContext {
    private final ProgramEnvironment environment;
    private final InstantSource clock;
    private final Terminal terminal;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    CommandContext(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        this.environment = environment;
        this.clock = clock;
        this.terminal = terminal;
    }

    /** Returns a context with the same environment, clock and terminal for another command. */
    CommandContext copy() {
        return new CommandContext(environment, clock, terminal);
    }

    ProgramEnvironment environment() {
        return environment;
    }

    InstantSource clock() {
        return clock;
    }

    Terminal terminal() {
        return terminal;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Returns an exception that reports wrong usage of this command, for the caller to throw. */
    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Prints text to the error stream and flushes it. Masks arguments that may be secrets. */
    void say(String text) {
        say(spec.commandLine(), text);
    }

    /** Like {@link #say(String)}, for any command. */
    static void say(CommandLine command, String text) {
        command.getErr()
                .print(Paragraph.of(
                        TypedSecrets.masked(text, command.getParseResult().originalArgs())));
        command.getErr().flush();
    }

    /**
     * Announces an action and asks for confirmation. Without confirmation, tells the user that nothing was done.
     *
     * @param yes    whether the action is already confirmed on the command line
     * @param what   the announcement
     * @param answer the word that the user must type
     * @return whether the action is confirmed
     */
    boolean confirm(boolean yes, String what, String answer) {
        PrintWriter err = err();
        err.print(Paragraph.of(what));
        err.flush();
        if (yes) {
            return true;
        }
        if (!terminal.isInteractive()) {
            throw usage("Nothing was done: there is no terminal to ask for confirmation. To confirm, add --yes.");
        }
        err.print("Type " + answer + " to continue: ");
        err.flush();
        String typed = terminal.readLine();
        if (typed != null && typed.strip().equals(answer)) {
            return true;
        }
        err.print(Paragraph.of("Nothing was done."));
        err.flush();
        return false;
    }
}
