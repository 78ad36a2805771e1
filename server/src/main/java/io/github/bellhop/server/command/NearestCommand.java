package io.github.bellhop.server.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Reports an argument that no command accepts, and suggests the command with the most similar name. */
final class NearestCommand {
    /** The form of a command's name. Any other argument may be a secret and is not repeated. */
    private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+){0,2}");

    private static final int MAX_SHOWN_LENGTH = 16;
    private static final int MAX_DISTANCE = 2;

    private NearestCommand() {}

    static String message(CommandLine command, String argument) {
        String name = command.getCommandSpec().qualifiedName();
        List<String> known = command.getSubcommands().keySet().stream()
                .filter(some -> !some.equals("help"))
                .sorted()
                .toList();
        if (known.isEmpty() || !command.getCommandSpec().positionalParameters().isEmpty()) {
            return "Too many arguments for " + name + ". Remove one, or quote a value that contains spaces.";
        }
        boolean shown =
                argument.length() <= MAX_SHOWN_LENGTH && WORD.matcher(argument).matches();
        String near = shown
                ? nearest(argument, known)
                        .map(some -> " Did you mean " + name + " " + some + "?")
                        .orElse("")
                : "";
        return "Unknown command" + (shown ? " " + argument : "") + " of " + name + "."
                + (near.isEmpty() ? " Known commands: " + String.join(", ", known) + "." : near);
    }

    private static Optional<String> nearest(String argument, List<String> known) {
        return known.stream()
                .filter(name -> distance(argument, name) <= MAX_DISTANCE
                        || (argument.length() > MAX_DISTANCE && name.startsWith(argument)))
                .min(Comparator.comparingInt(name -> distance(argument, name)));
    }

    /** Counts the letters to add, remove, change or swap with a neighbour to turn one word into the other. */
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
