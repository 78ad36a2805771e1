package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.TypedSecrets;
import io.github.bellhop.server.terminal.Paragraph;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports wrong usage or settings of a command in a few lines, without printing the whole help. */
final class UsageMessage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String message = wrong instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched)
                : String.valueOf(wrong.getMessage());
        err.print(Paragraph.of(TypedSecrets.masked(message, List.of(arguments))));
        err.println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    /** Names the option without its value: the value of a mistyped option may be a secret. */
    private static String unknown(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().get(0);
        if (!first.startsWith("-")) {
            return NearestCommand.message(unmatched.getCommandLine(), first);
        }
        int equals = first.indexOf('=');
        String option = equals < 0 ? first : first.substring(0, equals);
        List<String> near = unmatched.getSuggestions();
        return "Unknown option " + option + "."
                + (near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?");
    }
}
