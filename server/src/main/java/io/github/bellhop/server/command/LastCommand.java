package io.github.bellhop.server.command;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs the last subcommand. Fails if a command before it has an option or argument. Picocli would silently ignore that
 * option or argument, and the subcommand might use the wrong database or process more than the user meant.
 */
final class LastCommand implements IExecutionStrategy {
    private final IExecutionStrategy last = new RunLast();

    @Override
    public int execute(ParseResult typed) {
        Integer helpExitCode = CommandLine.executeHelpRequest(typed);
        if (helpExitCode != null) {
            return helpExitCode;
        }
        for (ParseResult before = typed; before.hasSubcommand(); before = before.subcommand()) {
            CommandSpec next = before.subcommand().commandSpec();
            if (!before.matchedArgs().isEmpty()) {
                throw new ParameterException(
                        next.commandLine(), message(before.matchedArgs().get(0), next));
            }
        }
        return last.execute(typed);
    }

    /** Names the option or argument without its value, which may be a secret. */
    private static String message(ArgSpec ignored, CommandSpec next) {
        String name = ignored instanceof OptionSpec option ? option.longestName() : ignored.paramLabel();
        boolean known = ignored instanceof OptionSpec
                ? next.findOption(name) != null
                : next.positionalParameters().stream()
                        .anyMatch(place -> place.paramLabel().equals(ignored.paramLabel()));
        return known
                ? "Put " + name + " after the subcommand: " + next.qualifiedName() + " " + example(ignored)
                : next.qualifiedName() + " does not accept " + name + ". Remove it.";
    }

    private static String example(ArgSpec ignored) {
        String value = ignored.arity().max() == 0 ? "" : ignored.paramLabel();
        return ignored instanceof OptionSpec option ? (option.longestName() + " " + value).strip() : value;
    }
}
