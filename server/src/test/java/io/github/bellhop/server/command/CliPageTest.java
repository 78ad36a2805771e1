package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.FixedEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Generates the command-line page from picocli's model of the commands. */
class CliPageTest {
    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    private static CommandLine line() {
        return BellhopCommand.line(new FixedEnvironment(Path.of("nowhere"), Map.of()), TypedAnswers.noTerminal());
    }

    @Test
    void showsEveryCommandWithItsOptions() throws IOException {
        String page = CliPage.of(line());
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    /** Every example must be a command line that the program accepts. */
    @TestFactory
    List<DynamicTest> acceptsEveryExample() {
        List<DynamicTest> tests = new ArrayList<>();
        for (CommandLine command : CliPage.commands(line())) {
            for (String example : CliPage.examples(command)) {
                tests.add(DynamicTest.dynamicTest(example, () -> line().parseArgs(arguments(example))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    /** Returns the words after {@code bellhop} as a shell would split them, without redirections and comments. */
    private static String[] arguments(String example) {
        String command = example.replaceFirst("^.*?\\bbellhop\\s+", "").replaceFirst("\\s*(\\)$|>|#).*", "");
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }
}
