package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BellhopCommandTest {
    @Test
    void printsTheVersionOfTheBuild() {
        Run run = Run.withSecret("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("bellhop \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(Run.withSecret("trigger", "--version").out()).isEqualTo(run.out());
    }

    @Test
    void listsItsCommandsInHelp() {
        Run run = Run.withSecret("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: bellhop", "trigger");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void treatsHelpAsAnOption() {
        assertThat(BellhopCommand.withHelpAsOption(List.of("help"))).containsExactly("--help");
        assertThat(BellhopCommand.withHelpAsOption(List.of("help", "schema", "print")))
                .containsExactly("schema", "print", "--help");
        assertThat(BellhopCommand.withHelpAsOption(List.of("trigger", "help"))).containsExactly("trigger", "help");
    }

    @Test
    void rejectsAMissingCommand() {
        Run run = Run.withSecret();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Missing command.", "bellhop --help");
    }

    @Test
    void rejectsAnUnknownCommand() {
        Run run = Run.withSecret("triger");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown command triger of bellhop. Did you mean bellhop trigger?");
        assertThat(Run.withSecret("verfiy").err()).contains("Did you mean bellhop verify?");
        assertThat(Run.withSecret("frobnicate").err().replaceAll("\\s+", " "))
                .contains("Unknown command frobnicate", "Known commands:", "doctor, erase");
        assertThat(Run.withSecret("schema", "prnt").err()).contains("Did you mean bellhop schema print?");
    }

    @Test
    void hidesArgumentsThatMayBeSecrets() {
        assertThat(Run.withSecret("whsec_dHlwZWQ=").err())
                .contains("Unknown command of bellhop.")
                .doesNotContain("dHlwZWQ");
        assertThat(Run.withSecret("serve", "dHlwZWQ").err())
                .contains("Too many arguments for bellhop serve.")
                .doesNotContain("dHlwZWQ");
    }

    /** A run loads only the command that it needs. Its output must be the same as if all commands were loaded. */
    @Test
    void printsTheSameIfOnlyOneCommandIsLoaded() {
        CommandLine whole = BellhopCommand.line(ProgramEnvironment.ofProcess());
        List<List<String>> runs = new ArrayList<>(List.of(List.of("--help"), List.of(), List.of("triger")));
        whole.getSubcommands().keySet().forEach(name -> runs.add(List.of(name, "--help")));
        assertThat(runs).hasSizeGreaterThan(10);
        for (List<String> arguments : runs) {
            assertThat(output(BellhopCommand.line(ProgramEnvironment.ofProcess(), arguments), arguments))
                    .as("%s", arguments)
                    .isEqualTo(output(BellhopCommand.line(ProgramEnvironment.ofProcess()), arguments));
        }
    }

    private static String output(CommandLine line, List<String> arguments) {
        StringWriter output = new StringWriter();
        line.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
        int exit = line.execute(arguments.toArray(String[]::new));
        return exit + "\n" + output;
    }
}
