package io.github.bellhop.server;

import io.github.bellhop.server.command.BellhopCommand;
import io.github.bellhop.server.settings.ProgramEnvironment;
import java.util.List;

/** Where the program begins. */
public final class BellhopMain {
    private BellhopMain() {}

    /** Runs one command and ends the process with its exit code: 0 well, 1 found wrong, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(BellhopCommand.line(ProgramEnvironment.ofProcess(), List.of(arguments))
                .execute(arguments));
    }
}
