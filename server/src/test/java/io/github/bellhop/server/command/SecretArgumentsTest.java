package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.FixedEnvironment;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Checks that no command repeats an argument that may be a secret, whether the user typed it there on purpose or by
 * mistake.
 */
@Timeout(300)
@SameOnEveryJdk
class SecretArgumentsTest {
    private static final String MARK = "TWFya2VkU2VjcmV0TWFya2Vk";

    /** One secret of each kind: a key, a token and a URL. */
    private static final List<String> KINDS = List.of(
            "whsec_" + MARK + "!",
            "a-token-" + MARK,
            "jdbc:postgresql://127.0.0.1:1/db?connectTimeout=1&user=u&password=" + MARK);

    private static final List<String> MORE = List.of(
            "whsec_" + MARK,
            "sk_live_" + MARK,
            "sk_test_" + MARK + "_x",
            "whsk_" + MARK,
            "whpk_" + MARK,
            "v1,whsec_" + MARK,
            "https://user:" + MARK + "@127.0.0.1:1/hook",
            "https://127.0.0.1:1/hook?token=" + MARK,
            "ws://user:" + MARK + "@127.0.0.1:1/",
            "jdbc:postgresql://user:" + MARK + "@127.0.0.1:1/db?connectTimeout=1",
            "jdbc:mysql://u:" + MARK + "@127.0.0.1:1/db",
            "postgres://user:" + MARK + "@127.0.0.1:1/db",
            "https://user:" + MARK + "@127.0.0.1:port/hook",
            "not a url " + MARK);

    private static final List<String> LISTEN = List.of("listen");
    private static final Map<String, String> ENVIRONMENT = Map.of("BELLHOP_LISTEN_TOKEN", "listen-token-c2a61f90d7");

    @TempDir
    Path folder;

    private record Place(List<String> words, CommandLine command) {
        List<String> with(List<String> more) {
            List<String> all = new ArrayList<>(words);
            all.addAll(more);
            return all;
        }
    }

    private static List<Place> places() {
        CommandLine line =
                BellhopCommand.line(new FixedEnvironment(Path.of("nowhere"), Map.of()), TypedAnswers.noTerminal());
        List<Place> found = new ArrayList<>();
        collect(line, List.of(), found);
        return found;
    }

    private static void collect(CommandLine command, List<String> words, List<Place> found) {
        found.add(new Place(words, command));
        command.getSubcommands().forEach((name, sub) -> collect(sub, append(words, name), found));
    }

    private static List<String> append(List<String> words, String word) {
        return Stream.concat(words.stream(), Stream.of(word)).toList();
    }

    /** Returns whether an option takes a secret, or a URL that may contain one. */
    private static boolean takesSecrets(OptionSpec option) {
        return option.arity().max() > 0 && option.paramLabel().matches(".*(SECRET|TOKEN|URL|KEY|PASSWORD).*");
    }

    private static List<List<String>> mistyped(Place place, String secret) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("one-too-many", "another", secret));
        lines.add(List.of("--no-such-option=" + secret));
        lines.add(List.of("--no-such-option", secret));
        lines.add(List.of("--" + secret));
        lines.add(List.of("-" + secret));
        if (!isServer(place)) {
            lines.add(List.of(secret));
        }
        return lines;
    }

    private static List<List<String>> typed(Place place, OptionSpec option, String secret) {
        String name = option.longestName();
        List<List<String>> lines = new ArrayList<>();
        // The additional arguments are invalid, so the command fails before it starts a server.
        lines.add(List.of(name + "=" + secret, "one-too-many", "another", "third"));
        if (takesSecrets(option)) {
            lines.add(List.of(name + secret));
        }
        if (!isServer(place) && option.arity().max() > 0) {
            lines.add(withRequired(place, List.of(name, secret)));
        }
        return lines;
    }

    /** Adds the options and arguments that the command requires. */
    private static List<String> withRequired(Place place, List<String> arguments) {
        if (place.words().equals(LISTEN)) {
            List<String> all = new ArrayList<>(arguments);
            if (!arguments.contains("--forward-to")) {
                all.addAll(List.of("--forward-to", "http://127.0.0.1:1/hook"));
            }
            if (!arguments.contains("--from") && !arguments.contains("--relay")) {
                all.addAll(List.of("--from", "http://127.0.0.1:1"));
            }
            return all;
        }
        boolean positional = place.command().getCommandSpec().positionalParameters().stream()
                .anyMatch(parameter -> parameter.required());
        return positional ? append(arguments, "user.created") : arguments;
    }

    /** Returns whether the command runs until it is stopped. */
    private static boolean isServer(Place place) {
        return place.words().stream().anyMatch(List.of("serve", "dev")::contains);
    }

    @TestFactory
    Stream<DynamicTest> areNotRepeated() {
        List<Place> places = places();
        assertThat(places).hasSizeGreaterThan(13);
        assertThat(places.stream()
                        .flatMap(place -> place.command().getCommandSpec().options().stream())
                        .filter(SecretArgumentsTest::takesSecrets)
                        .map(OptionSpec::longestName))
                .contains("--secret", "--database", "--url", "--to", "--from", "--relay", "--forward-to");
        return places.stream()
                .map(place ->
                        DynamicTest.dynamicTest("bellhop " + String.join(" ", place.words()), () -> check(place)));
    }

    private void check(Place place) {
        List<List<String>> all = new ArrayList<>();
        KINDS.forEach(secret -> all.addAll(mistyped(place, secret)));
        for (OptionSpec option : place.command().getCommandSpec().options()) {
            KINDS.forEach(secret -> all.addAll(typed(place, option, secret)));
            if (takesSecrets(option)) {
                MORE.forEach(secret -> all.addAll(typed(place, option, secret)));
            }
        }
        List<String> echoes = new ArrayList<>();
        for (List<String> arguments : all) {
            List<String> typed = place.with(arguments);
            String output = output(typed);
            assertThat(output).as("%s", typed).isNotBlank();
            if (output.contains(MARK)) {
                echoes.add(typed + " -> " + output);
            }
        }
        assertThat(echoes).isEmpty();
    }

    /** If the tables exist, commands get further and report that the tables do not contain the argument. */
    @TestFactory
    Stream<DynamicTest> areNotRepeatedByCommandsThatReadTables() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        List<Place> places = places().stream()
                .filter(place -> place.command().getCommandSpec().findOption("--database") != null && !isServer(place))
                .toList();
        assertThat(places).hasSizeGreaterThan(7);
        return places.stream()
                .map(place -> DynamicTest.dynamicTest(
                        "bellhop " + String.join(" ", place.words()), () -> checkWithTables(place, settings)));
    }

    private void checkWithTables(Place place, DatabaseSettings settings) {
        List<String> required = place.command().getCommandSpec().options().stream()
                .filter(OptionSpec::required)
                .flatMap(option -> Stream.of(option.longestName(), "why"))
                .toList();
        List<List<String>> all = new ArrayList<>();
        for (String secret : List.of("whsec_" + MARK, "sk_live_" + MARK, "a-token-" + MARK)) {
            all.add(List.of(secret));
            for (OptionSpec option : place.command().getCommandSpec().options()) {
                if (option.arity().max() > 0 && !option.longestName().equals("--database")) {
                    all.add(withRequired(place, List.of(option.longestName() + "=" + secret)));
                    all.add(List.of(option.longestName() + "=" + secret, secret));
                }
            }
        }
        for (List<String> arguments : all) {
            List<String> typed = Stream.of(place.words(), required, arguments)
                    .flatMap(List::stream)
                    .toList();
            assertThat(output(typed, Map.of("BELLHOP_DATABASE_URL", settings.url())))
                    .as("%s", typed)
                    .doesNotContain(MARK, "There is no database", "\tat ");
        }
    }

    @Test
    void areNotRepeatedAsTheIdOfACapturedMessage() throws IOException {
        Path capture = Files.writeString(folder.resolve("deliveries.ndjson"), """
                {"message_id":"msg_1","headers":{"svix-id":"msg_1"},"body":"e30="}
                """);
        String output = output(List.of("verify", capture.toString(), "--message", "whsec_" + MARK), Map.of());
        assertThat(output.replaceAll("\\s+", " "))
                .contains("does not contain the message whsec_***")
                .doesNotContain(MARK);
    }

    /** Runs {@code bellhop listen} until it reports the failed connection, and returns its output. */
    private String listenOutput(List<String> arguments) {
        try (CommandSession session = new CommandSession(folder, ENVIRONMENT, arguments.toArray(String[]::new))) {
            session.await(
                    "the failure is reported",
                    () -> session.hasEnded() || session.err().contains("No connection"));
            int exit = session.end();
            return session.out() + session.err() + "exit code " + exit;
        }
    }

    private String output(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).equals("listen")
                ? listenOutput(arguments)
                : output(arguments, ENVIRONMENT);
    }

    private String output(List<String> arguments, Map<String, String> variables) {
        StringWriter output = new StringWriter();
        PrintWriter both = new PrintWriter(output);
        CommandLine line = BellhopCommand.line(new FixedEnvironment(folder, variables), TypedAnswers.noTerminal());
        line.setOut(both).setErr(both);
        int exit = line.execute(arguments.toArray(String[]::new));
        both.println("exit code " + exit);
        return output.toString();
    }
}
