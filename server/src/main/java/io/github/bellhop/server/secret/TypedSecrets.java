package io.github.bellhop.server.secret;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Masks command-line arguments that may be secrets, when a message quotes them. */
public final class TypedSecrets {
    private static final String MASK = "***";

    /** The formats of Clerk's and Svix's keys, masked everywhere in a message. */
    private static final Pattern KEY = Pattern.compile("(whsec|whsk|whpk|sk_live|sk_test)_[A-Za-z0-9+/=_-]{6,}");

    /** The user information of a URL, whose password may contain any character, and the query. */
    private static final Pattern IN_A_URL = Pattern.compile("(?<=//)\\S+(?=@)|(?<=\\?)\\S+");

    /** Text that is as long as a token and is not made of words. Names in camel case rarely contain digits. */
    private static final Pattern RANDOM =
            Pattern.compile("(?=\\w*\\d)\\w{16,}|(?![a-z]{1,20}(_[a-z]{1,20})+(?!\\w))\\w{32,}");

    /** Text with dashes that may be a token, but also a date or a file name. */
    private static final Pattern DASHED = Pattern.compile("[\\w-]{24,}");

    /** A change between a letter and a digit, or from lower case to upper case. Random text has many such changes. */
    private static final Pattern CHANGE =
            Pattern.compile("(?<=[a-z])(?=[A-Z\\d])|(?<=[A-Z])(?=\\d)|(?<=\\d)(?=[A-Za-z])");

    private static final int CHANGES_OF_A_TOKEN = 4;

    /** The format of Clerk's and Svix's ids. */
    private static final Pattern ID = Pattern.compile("[a-z]{3,}_[0-9A-Za-z]{20,32}");

    private TypedSecrets() {}

    /** Returns the message with every part of the arguments that may be a secret masked. */
    public static String masked(String message, List<String> arguments) {
        String masked = KEY.matcher(message).replaceAll("$1_" + MASK);
        for (Pattern pattern : List.of(IN_A_URL, DASHED, RANDOM)) {
            List<String> pieces = arguments.stream()
                    .flatMap(argument -> pattern.matcher(argument).results().map(MatchResult::group))
                    .filter(piece -> !ID.matcher(piece).matches())
                    .filter(piece ->
                            pattern != DASHED || CHANGE.matcher(piece).results().count() >= CHANGES_OF_A_TOKEN)
                    .toList();
            for (String piece : pieces) {
                masked = masked.replace(piece, MASK);
            }
        }
        return masked;
    }
}
