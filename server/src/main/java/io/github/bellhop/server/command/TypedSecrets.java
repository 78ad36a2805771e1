package io.github.bellhop.server.command;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What was typed and may be a secret, kept out of what is said about it. */
final class TypedSecrets {
    private static final String MASK = "***";

    /** Clerk's and Svix's own forms, wherever they stand. */
    private static final Pattern KEY = Pattern.compile("(whsec|whsk|whpk|sk_live|sk_test)_[A-Za-z0-9+/=_-]{6,}");

    /** In a URL: who asks, with the password, and all that is asked. */
    private static final Pattern IN_A_URL = Pattern.compile("(?<=//)[^/@\\s]+(?=@)|(?<=\\?)\\S+");

    /** As long as a token, and not a word; camel case has no digits. */
    private static final Pattern RANDOM = Pattern.compile("(?=\\w*\\d)\\w{16,}|\\w{32,}");

    /** What Clerk and Svix name things by. */
    private static final Pattern ID = Pattern.compile("[a-z]{3,}_[0-9A-Za-z]{20,32}");

    private TypedSecrets() {}

    /** The message without what may be a secret among these arguments. */
    static String masked(String message, List<String> arguments) {
        String masked = KEY.matcher(message).replaceAll("$1_" + MASK);
        for (Pattern pattern : List.of(IN_A_URL, RANDOM)) {
            List<String> pieces = arguments.stream()
                    .flatMap(argument -> pattern.matcher(argument).results().map(MatchResult::group))
                    .filter(piece -> !ID.matcher(piece).matches())
                    .toList();
            for (String piece : pieces) {
                masked = masked.replace(piece, MASK);
            }
        }
        return masked;
    }
}
