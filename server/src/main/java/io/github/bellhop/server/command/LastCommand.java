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
 * Runs the last of the commands that were typed, unless something was typed for one before it: that would be dropped
 * without a word, and the command would work on another database, or on more, than was meant.
 */
final class LastCommand implements IExecutionStrategy {
    private final IExecutionStrategy last = new RunLast();

    @Override
    public int execute(ParseResult typed) {
        Integer ofHelp = CommandLine.executeHelpRequest(typed);
        if (ofHelp != null) {
            return ofHelp;
        }
        for (ParseResult before = typed; before.hasSubcommand(); before = before.subcommand()) {
            CommandSpec next = before.subcommand().commandSpec();
            if (!before.matchedArgs().isEmpty()) {
                throw new ParameterException(
                        next.commandLine(), words(before.matchedArgs().get(0), next));
            }
        }
        return last.execute(typed);
    }

    /** Names what was typed and never its value, which may be a secret. */
    private static String words(ArgSpec lost, CommandSpec next) {
        String name = lost instanceof OptionSpec option ? option.longestName() : "A " + lost.paramLabel();
        boolean known = lost instanceof OptionSpec
                ? next.findOption(name) != null
                : next.positionalParameters().stream()
                        .anyMatch(place -> place.paramLabel().equals(lost.paramLabel()));
        return name + " before " + next.name() + " counts for nothing. "
                + (known
                        ? "It goes after: " + next.qualifiedName() + " " + example(lost)
                        : next.name() + " does not take it; leave it out.");
    }

    private static String example(ArgSpec lost) {
        String value = lost.arity().max() == 0 ? "" : lost.paramLabel();
        return lost instanceof OptionSpec option ? (option.longestName() + " " + value).strip() : value;
    }
}
