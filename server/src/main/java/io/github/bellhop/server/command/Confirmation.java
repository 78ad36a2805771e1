package io.github.bellhop.server.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Asks before something is done that concerns much. */
final class Confirmation {
    private final Terminal terminal;
    private final CommandSpec spec;

    Confirmation(Terminal terminal, CommandSpec spec) {
        this.terminal = terminal;
        this.spec = spec;
    }

    /**
     * Says what is about to be done and has it confirmed.
     *
     * @param yes    whether it was confirmed beforehand
     * @param what   what is about to be done
     * @param answer what must be typed
     * @return false when something else was typed, which is said
     */
    boolean isGiven(boolean yes, String what, String answer) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(Paragraph.of(what));
        err.flush();
        if (yes) {
            return true;
        }
        if (!terminal.isThere()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no terminal to ask at, and nothing was done. Give --yes to do it.");
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
