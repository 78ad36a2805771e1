package io.github.bellhop.server.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the command-line reference in Markdown. Its text does not depend on the width of a terminal. */
final class CliPage {
    /** Matches a description that names the default, which has its own column on the page. */
    private static final Pattern DEFAULT = Pattern.compile("^(.*?)\\s*Default: (.*?)\\.?$");

    /** Matches commands, options, environment variables, files and quoted values, which are shown as code. */
    private static final Pattern CODE = Pattern.compile("(?<![\\w/.-])(bellhop [a-z][a-z-]*[a-z]"
            + "(?: (?:replay|discard|print|check|migrate)\\b)?(?: --[a-z-]+[a-z])?|--[a-z][a-z-]*[a-z]"
            + "|[A-Z]+(?:_[A-Z]+)+|data/[a-z-]+|\\.env(?:\\.local)?|bellhop_[a-z_]+|[a-z]+_\\.\\.\\."
            + "|bellhop\\.[a-z][a-z.-]*[a-z]|user\\.created|wss?://[^\\s,]*[^\\s,.])|'([^' ]+)'");

    private CliPage() {}

    static String of(CommandLine program) {
        List<CommandLine> commands = commands(program);
        StringBuilder page = new StringBuilder("""
                # Command line

                This page is generated from the program's own help. After a change, run the build with
                `-Dbellhop.docs.write=true` to regenerate it.

                `bellhop COMMAND --help` prints the help of a command, and `bellhop --version` the version. Every command accepts
                `-h`, `--help`, `-V` and `--version`. Options of a subcommand go after its name. The colors of the output depend on
                the terminal and on the environment variables `NO_COLOR` and `CLICOLOR_FORCE`.

                Exit code 0 means success, 1 means that the command found a problem or failed, and 2 means wrong usage or settings.

                | command | description |
                |---|---|
                """);
        for (CommandLine command : commands) {
            String name = name(command);
            page.append("| [`%s`](#%s) | %s |\n".formatted(name, name.replace(' ', '-'), cell(summary(command))));
        }
        commands.forEach(command -> section(page, command));
        return page.toString();
    }

    /** Returns all commands in the order of the help, each followed by its sorted subcommands. */
    static List<CommandLine> commands(CommandLine program) {
        List<CommandLine> commands = new ArrayList<>();
        for (CommandLine command : program.getSubcommands().values()) {
            commands.add(command);
            command.getSubcommands().values().stream()
                    .sorted(Comparator.comparing(CliPage::name))
                    .forEach(commands::add);
        }
        return commands;
    }

    /** Returns the examples of a command, each on one line. */
    static List<String> examples(CommandLine command) {
        String block = block(command, "Examples:");
        return block.replaceAll("\\\\\\s+", "").lines().toList();
    }

    private static void section(StringBuilder page, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        page.append("\n## ")
                .append(name(command))
                .append("\n\n`")
                .append(synopsis(spec))
                .append("`\n");
        for (String paragraph : spec.usageMessage().description()) {
            if (!paragraph.isEmpty()) {
                page.append('\n').append(code(paragraph)).append('\n');
            }
        }
        table(page, "argument", spec.positionalParameters().stream());
        table(
                page,
                "option",
                options(spec).filter(option -> !option.hidden()).sorted(Comparator.comparing(OptionSpec::longestName)));
        page.append("\nExamples:\n\n~~~sh\n");
        examples(command).forEach(example -> page.append(example).append('\n'));
        page.append("~~~\n");
        String types = block(command, "Types:");
        if (!types.isEmpty()) {
            page.append("\nTypes:\n\n~~~text\n").append(types).append("\n~~~\n");
        }
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith("Exit codes: ")) {
                page.append('\n')
                        .append(line.replaceAll("(?<=[:;] )(\\d)", "`$1`"))
                        .append('\n');
            } else if (line.endsWith(".") && !line.startsWith(" ")) {
                page.append('\n').append(code(line)).append('\n');
            }
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    /** Returns the first sentence of the description. */
    private static String summary(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0].replaceFirst("(?<=\\.) .*", "");
    }

    private static Stream<OptionSpec> options(CommandSpec spec) {
        return spec.options().stream().filter(option -> !option.usageHelp() && !option.versionHelp());
    }

    private static String synopsis(CommandSpec spec) {
        List<String> words = new ArrayList<>(List.of(spec.qualifiedName()));
        if (options(spec).anyMatch(option -> !option.required())) {
            words.add("[OPTIONS]");
        }
        options(spec).filter(OptionSpec::required).map(CliPage::label).forEach(words::add);
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            words.add(parameter.required() ? label(parameter) : "[" + label(parameter) + "]");
        }
        if (!spec.subcommands().isEmpty()) {
            words.add(spec.userObject() instanceof Runnable ? "COMMAND" : "[COMMAND]");
        }
        return String.join(" ", words);
    }

    private static void table(StringBuilder page, String kind, Stream<? extends ArgSpec> arguments) {
        List<String> rows = arguments.map(CliPage::row).toList();
        if (!rows.isEmpty()) {
            page.append("\n| %s | default | description |\n|---|---|---|\n".formatted(kind));
            rows.forEach(page::append);
        }
    }

    private static String row(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        String value = "";
        var found = DEFAULT.matcher(text);
        if (found.matches()) {
            text = found.group(1);
            value = found.group(2).replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()));
        }
        if (argument.required()) {
            text += " Required.";
        }
        if (argument.isMultiValue() && !text.contains("Repeatable")) {
            text += argument.splitRegex().isEmpty() ? " Repeatable." : " Repeatable; commas separate several values.";
        }
        return "| `%s` | %s | %s |\n".formatted(label(argument).replace("|", "\\|"), cell(value), cell(text));
    }

    private static String label(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return option.longestName() + (option.arity().min() == 0 && !value.isEmpty() ? "[" + value + "]" : value);
    }

    private static String cell(String text) {
        return code(text).replace("|", "\\|");
    }

    private static String code(String text) {
        return CODE.matcher(text)
                .replaceAll(found -> "`" + (found.group(1) == null ? found.group(2) : found.group(1)) + "`")
                .replace(" * ", " `*` ")
                .replaceAll("docs/([a-z-]+\\.md)", "[$1]($1)");
    }

    /** Returns the indented lines of the footer below a heading, without their indentation. */
    private static String block(CommandLine command, String heading) {
        return Stream.of(command.getCommandSpec().usageMessage().footer())
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
