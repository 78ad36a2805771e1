package io.github.bellhop.server.secret;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What was typed and may be a secret, kept out of what is said about it. */
public final class TypedSecrets {
    private static final String MASK = "***";

    /** Clerk's and Svix's own forms, wherever they stand. */
    private static final Pattern KEY = Pattern.compile("(whsec|whsk|whpk|sk_live|sk_test)_[A-Za-z0-9+/=_-]{6,}");

    /** In a URL: who asks, with the password, in which there may be any sign, and all that is asked. */
    private static final Pattern IN_A_URL = Pattern.compile("(?<=//)\\S+(?=@)|(?<=\\?)\\S+");

    /** As long as a token, and not words; camel case has no digits. */
    private static final Pattern RANDOM =
            Pattern.compile("(?=\\w*\\d)\\w{16,}|(?![a-z]{1,20}(_[a-z]{1,20})+(?!\\w))\\w{32,}");

    /** What may be a token with dashes in it, and may be a date or the name of a file. */
    private static final Pattern DASHED = Pattern.compile("[\\w-]{24,}");

    /** From a letter to a digit or back, or from a small letter to a large one, as happens often in what is random. */
    private static final Pattern CHANGE =
            Pattern.compile("(?<=[a-z])(?=[A-Z\\d])|(?<=[A-Z])(?=\\d)|(?<=\\d)(?=[A-Za-z])");

    private static final int CHANGES_OF_A_TOKEN = 4;

    /** What Clerk and Svix name things by. */
    private static final Pattern ID = Pattern.compile("[a-z]{3,}_[0-9A-Za-z]{20,32}");

    private TypedSecrets() {}

    /** The message without what may be a secret among these arguments. */
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
