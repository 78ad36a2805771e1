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
    void tellsTheVersionOfTheBuild() {
        Run run = Run.withSecret("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("bellhop \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(Run.withSecret("trigger", "--version").out()).isEqualTo(run.out());
    }

    @Test
    void namesItsCommands() {
        Run run = Run.withSecret("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: bellhop", "trigger");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void doesNothingWithoutACommand() {
        Run run = Run.withSecret();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Which command?", "bellhop --help");
    }

    @Test
    void refusesAnUnknownCommand() {
        Run run = Run.withSecret("triger");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown command triger of bellhop. Did you mean bellhop trigger?");
        assertThat(Run.withSecret("verfiy").err()).contains("Did you mean bellhop verify?");
        assertThat(Run.withSecret("frobnicate").err().replaceAll("\\s+", " "))
                .contains("Unknown command frobnicate", "Known are:", "doctor, erase");
        assertThat(Run.withSecret("schema", "prnt").err()).contains("Did you mean bellhop schema print?");
    }

    @Test
    void repeatsNoArgumentThatMayBeASecret() {
        assertThat(Run.withSecret("whsec_dHlwZWQ=").err())
                .contains("Unknown command of bellhop.")
                .doesNotContain("dHlwZWQ");
        assertThat(Run.withSecret("serve", "dHlwZWQ").err())
                .contains("One argument too many for bellhop serve.")
                .doesNotContain("dHlwZWQ");
    }

    /** For one run only the command that is meant is read whole; nobody must see that. */
    @Test
    void saysTheSameWhenOnlyOneCommandIsReadWhole() {
        CommandLine whole = BellhopCommand.line(ProgramEnvironment.ofProcess());
        List<List<String>> runs = new ArrayList<>(List.of(List.of("--help"), List.of(), List.of("triger")));
        whole.getSubcommands().keySet().forEach(name -> runs.add(List.of(name, "--help")));
        assertThat(runs).hasSizeGreaterThan(10);
        for (List<String> arguments : runs) {
            assertThat(said(BellhopCommand.line(ProgramEnvironment.ofProcess(), arguments), arguments))
                    .as("%s", arguments)
                    .isEqualTo(said(BellhopCommand.line(ProgramEnvironment.ofProcess()), arguments));
        }
    }

    private static String said(CommandLine line, List<String> arguments) {
        StringWriter said = new StringWriter();
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        int exit = line.execute(arguments.toArray(String[]::new));
        return exit + "\n" + said;
    }
}
