package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.ListedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is typed before a subcommand would be dropped: on every command that has any, it is refused. */
class OptionsBeforeSubcommandTest {
    @TempDir
    Path folder;

    private record Early(List<String> words, String subcommand, OptionSpec option) {
        String name() {
            return option.longestName();
        }
    }

    private static List<Early> all() {
        CommandLine line =
                BellhopCommand.line(new Run.FixedEnvironment(Path.of("nowhere"), Map.of()), TypedAnswers.nobody());
        List<Early> found = new ArrayList<>();
        collect(line, List.of(), found);
        return found;
    }

    private static void collect(CommandLine command, List<String> words, List<Early> found) {
        command.getSubcommands().forEach((name, subcommand) -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    found.add(new Early(words, name, option));
                }
            }
            collect(subcommand, Stream.concat(words.stream(), Stream.of(name)).toList(), found);
        });
    }

    /** What the option can be given, with its name. */
    private static String typed(OptionSpec option) {
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
    Stream<DynamicTest> areRefused() {
        List<Early> all = all();
        assertThat(all.stream().map(early -> String.join(" ", early.words()) + " " + early.name()))
                .contains("messages --database", "messages --type", "dead-letters --handler", "dead-letters --database")
                .hasSizeGreaterThan(15);
        return all.stream()
                .map(early -> DynamicTest.dynamicTest(
                        String.join(" ", early.words()) + " " + early.name() + " " + early.subcommand(),
                        () -> isRefused(early)));
    }

    private void isRefused(Early early) {
        List<String> line = new ArrayList<>(early.words());
        line.add(typed(early.option()));
        line.add(early.subcommand());
        line.addAll(early.subcommand().equals("discard") ? List.of("msg_1", "--reason=why") : List.of("msg_1"));
        Run run = Run.of(folder, Map.of(), line.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", line).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains(early.name() + " before " + early.subcommand() + " counts for nothing");
        assertThat(run.out()).isEmpty();
    }

    private String refused(String... line) {
        Run run = Run.of(folder, Map.of(), line);
        assertThat(run.exitCode()).isEqualTo(2);
        return run.err().replaceAll("\\s+", " ");
    }

    @Test
    void sayWhereTheyGo() {
        assertThat(refused("messages", "--database", "jdbc:sqlite:x.db", "replay", "msg_1"))
                .contains("It goes after: bellhop messages replay --database URL")
                .doesNotContain("x.db");
        assertThat(refused("dead-letters", "--json", "replay", "--all")).contains("replay does not take it");
        assertThat(refused("messages", "msg_1", "replay", "--state", "dead"))
                .contains("A MESSAGE-ID before replay", "bellhop messages replay MESSAGE-ID");
    }

    @Test
    void areNoHindranceToHelp() {
        Run help = Run.of(folder, Map.of(), "messages", "--type", "user.*", "replay", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("bellhop messages replay");
    }
}
