package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.terminal.Terminal;
import io.github.bellhop.server.testing.FixedEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** One run of the program in a given environment, with its exit code and output. */
record Run(int exitCode, String out, String err) {
    /** A secret with a key of 24 bytes. Tests compute the expected signatures without the program. */
    static final String SECRET = "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA==";

    static Run of(Path directory, Map<String, String> variables, String... arguments) {
        return of(TypedAnswers.noTerminal(), directory, variables, arguments);
    }

    static Run of(Terminal terminal, Path directory, Map<String, String> variables, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = BellhopCommand.line(new FixedEnvironment(directory, variables), terminal);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Run(line.execute(arguments), out.toString(), err.toString());
    }

    /** Runs the program with the secret in its environment. */
    static Run withSecret(String... arguments) {
        return of(Path.of("nowhere"), Map.of(EnvironmentVariables.SIGNING_SECRET, SECRET), arguments);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
