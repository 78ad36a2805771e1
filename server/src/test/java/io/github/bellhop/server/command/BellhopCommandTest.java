package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
        assertThat(run.err()).contains("unknown command");
    }
}
