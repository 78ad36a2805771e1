package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.BellhopMain;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.server.testing.FixedEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Checks the help of every command and subcommand. */
@Timeout(300)
@SameOnEveryJdk
class EveryCommandPrintsWellTest {
    private static final String ESCAPE = "\u001b";

    /** Returns the words that select each command, without the program's name. */
    static Stream<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        collect(line(), List.of(), found);
        assertThat(found).contains(List.of(), List.of("messages", "replay")).hasSizeGreaterThan(13);
        return found.stream();
    }

    private static void collect(CommandLine command, List<String> words, List<List<String>> found) {
        found.add(words);
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            collect(sub, List.copyOf(longer), found);
        });
    }

    private static CommandLine line() {
        return BellhopCommand.line(new FixedEnvironment(Path.of("nowhere"), Map.of()), TypedAnswers.noTerminal());
    }

    private static String help(List<String> words, Ansi ansi) {
        CommandLine command = line();
        for (String word : words) {
            command = command.getSubcommands().get(word);
        }
        StringWriter text = new StringWriter();
        command.usage(new PrintWriter(text), ansi);
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsIntoEightyColumnsAndHasExamples(List<String> words) {
        List<String> arguments = new ArrayList<>(words);
        arguments.add("--help");
        Run run = Run.of(Path.of("nowhere"), Map.of(), arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).allMatch(line -> line.length() <= Paragraph.WIDTH);
        assertThat(run.out()).doesNotContain(ESCAPE);
        assertThat(examples(run))
                .isNotEmpty()
                .allMatch(line -> line.matches("(.*[ (])?bellhop [a-z].*"))
                // The shell would expand an unquoted * to file names, and zsh fails if no file matches.
                .allMatch(line -> line.replaceAll("'[^']*'", "").indexOf('*') < 0);
    }

    /** Returns the example commands. A line that ends with a backslash continues on the next line. */
    private static List<String> examples(Run help) {
        String lines = help.lines().stream()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        return lines.replace("\\\n", "").lines().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void printsTheSameTextWithColours(List<String> words) {
        String coloured = help(words, Ansi.ON);
        assertThat(coloured).contains(ESCAPE);
        assertThat(withoutEscapes(coloured)).isEqualTo(help(words, Ansi.OFF));
    }

    /** Starts a process, because picocli reads the process's environment. */
    @Test
    void printsColoursOnlyIfTheEnvironmentForcesThem() throws Exception {
        String plain = process(Map.of());
        assertThat(plain).contains("Usage: bellhop").doesNotContain(ESCAPE);
        String coloured = process(Map.of("CLICOLOR_FORCE", "1"));
        assertThat(coloured).contains(ESCAPE);
        assertThat(withoutEscapes(coloured)).isEqualTo(plain);
        assertThat(process(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"))).isEqualTo(plain);
    }

    private static String process(Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BellhopMain.class.getName(),
                "--help");
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"));
        builder.environment().putAll(variables);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }

    private static String withoutEscapes(String text) {
        return text.replaceAll(ESCAPE + "\\[[0-9;]*m", "");
    }
}
