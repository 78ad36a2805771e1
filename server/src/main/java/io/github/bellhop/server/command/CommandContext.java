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

/** The surroundings of a command, and its words to the user. Each command has its own context, as a mixin. */
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

    /** The same surroundings for another command. */
    CommandContext another() {
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

    /** Returns the exception for wrong usage of this command; throw it. */
    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Prints text to the error stream at once. Arguments that may be secrets are masked. */
    void say(String text) {
        say(spec.commandLine(), text);
    }

    /** The same for any command. */
    static void say(CommandLine command, String text) {
        command.getErr()
                .print(Paragraph.of(
                        TypedSecrets.masked(text, command.getParseResult().originalArgs())));
        command.getErr().flush();
    }

    /**
     * Announces what is about to happen and asks for confirmation.
     *
     * @param yes    whether the command line confirms it already
     * @param what   what is about to happen
     * @param answer the word to type
     * @return whether it is confirmed; if not, the user is told that nothing was done
     */
    boolean isConfirmed(boolean yes, String what, String answer) {
        PrintWriter err = err();
        err.print(Paragraph.of(what));
        err.flush();
        if (yes) {
            return true;
        }
        if (!terminal.isThere()) {
            throw usage("There is no terminal to ask at, and nothing was done. Give --yes to do it.");
        }
        err.print("Type " + answer + " to go on: ");
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
