package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.FixedEnvironment;
import io.github.bellhop.sync.inbox.ListedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Options before a subcommand would be ignored, so every command with subcommands rejects them. */
class OptionsBeforeSubcommandTest {
    @TempDir
    Path folder;

    private record Misplaced(List<String> words, String subcommand, OptionSpec option) {
        String name() {
            return option.longestName();
        }
    }

    private static List<Misplaced> all() {
        CommandLine line =
                BellhopCommand.line(new FixedEnvironment(Path.of("nowhere"), Map.of()), TypedAnswers.noTerminal());
        List<Misplaced> found = new ArrayList<>();
        collect(line, List.of(), found);
        return found;
    }

    private static void collect(CommandLine command, List<String> words, List<Misplaced> found) {
        command.getSubcommands().forEach((name, subcommand) -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    found.add(new Misplaced(words, name, option));
                }
            }
            collect(subcommand, Stream.concat(words.stream(), Stream.of(name)).toList(), found);
        });
    }

    /** Returns the option with a valid value. */
    private static String withValue(OptionSpec option) {
        if (option.arity().max() == 0) {
            return option.longestName();
        }
        Class<?> type = option.auxiliaryTypes()[0];
        String value = type == TimeArgument.class ? "2h" : type == int.class ? "5" : "text";
        if (type == ListedState.class) {
            value = "dead";
        }
        return option.longestName() + "=" + value;
    }

    @TestFactory
    Stream<DynamicTest> areRejected() {
        List<Misplaced> all = all();
        assertThat(all.stream().map(misplaced -> String.join(" ", misplaced.words()) + " " + misplaced.name()))
                .contains("messages --database", "messages --type", "dead-letters --handler", "dead-letters --database")
                .hasSizeGreaterThan(15);
        return all.stream()
                .map(misplaced -> DynamicTest.dynamicTest(
                        String.join(" ", misplaced.words()) + " " + misplaced.name() + " " + misplaced.subcommand(),
                        () -> assertRejected(misplaced)));
    }

    private void assertRejected(Misplaced misplaced) {
        List<String> line = new ArrayList<>(misplaced.words());
        line.add(withValue(misplaced.option()));
        line.add(misplaced.subcommand());
        line.addAll(misplaced.subcommand().equals("discard") ? List.of("msg_1", "--reason=why") : List.of("msg_1"));
        Run run = Run.of(folder, Map.of(), line.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", line).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " "))
                .containsPattern(Pattern.quote("Put " + misplaced.name() + " after the subcommand: ") + "|"
                        + Pattern.quote(" " + misplaced.subcommand() + " does not accept " + misplaced.name()
                                + ". Remove it."));
        assertThat(run.out()).isEmpty();
    }

    private String rejection(String... line) {
        Run run = Run.of(folder, Map.of(), line);
        assertThat(run.exitCode()).isEqualTo(2);
        return run.err().replaceAll("\\s+", " ");
    }

    @Test
    void areReportedWithTheRightPosition() {
        assertThat(rejection("messages", "--database", "jdbc:sqlite:x.db", "replay", "msg_1"))
                .contains("Put --database after the subcommand: bellhop messages replay --database URL")
                .doesNotContain("x.db");
        assertThat(rejection("dead-letters", "--json", "replay", "--all"))
                .contains("bellhop dead-letters replay does not accept --json. Remove it.");
        assertThat(rejection("messages", "msg_1", "replay", "--state", "dead"))
                .contains("Put MESSAGE-ID after the subcommand: bellhop messages replay MESSAGE-ID");
    }

    @Test
    void doNotPreventHelp() {
        Run help = Run.of(folder, Map.of(), "messages", "--type", "user.*", "replay", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("bellhop messages replay");
    }
}
