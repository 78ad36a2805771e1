package io.github.bellhop.server;

import io.github.bellhop.server.command.BellhopCommand;
import io.github.bellhop.server.settings.ProgramEnvironment;
import java.util.List;

/** The entry point of the program. */
public final class BellhopMain {
    private BellhopMain() {}

    /** Runs one command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for wrong usage. */
    public static void main(String[] arguments) {
        List<String> words = BellhopCommand.withHelpAsOption(List.of(arguments));
        System.exit(BellhopCommand.line(ProgramEnvironment.ofProcess(), words).execute(words.toArray(String[]::new)));
    }
}
