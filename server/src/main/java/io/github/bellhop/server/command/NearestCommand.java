package io.github.bellhop.server.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Says what an argument was that no command knows. */
final class NearestCommand {
    /** What can be a command's name; anything else may be a secret and is not repeated. */
    private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+){0,2}");

    private static final int LONGEST_WORD = 16;
    private static final int FARTHEST = 2;

    private NearestCommand() {}

    static String message(CommandLine command, String argument) {
        String name = command.getCommandSpec().qualifiedName();
        List<String> known = command.getSubcommands().keySet().stream()
                .filter(some -> !some.equals("help"))
                .sorted()
                .toList();
        if (known.isEmpty() || !command.getCommandSpec().positionalParameters().isEmpty()) {
            return "One argument too many for " + name + ". Remove it, or put quotes around a value with spaces.";
        }
        boolean shown =
                argument.length() <= LONGEST_WORD && WORD.matcher(argument).matches();
        String near = shown
                ? nearest(argument, known)
                        .map(some -> " Did you mean " + name + " " + some + "?")
                        .orElse("")
                : "";
        return "Unknown command" + (shown ? " " + argument : "") + " of " + name + "."
                + (near.isEmpty() ? " Known are: " + String.join(", ", known) + "." : near);
    }

    private static Optional<String> nearest(String argument, List<String> known) {
        return known.stream()
                .filter(some -> distance(argument, some) <= FARTHEST
                        || (argument.length() > FARTHEST && some.startsWith(argument)))
                .min(Comparator.comparingInt(some -> distance(argument, some)));
    }

    /** How many letters must be added, removed, changed or swapped with their neighbour. */
    static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                steps[i][j] =
                        Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[one.length()][other.length()];
    }
}
