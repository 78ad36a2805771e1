package io.github.bellhop.simulator.clerk;

import java.util.regex.Pattern;

/**
 * The rules for usernames. In Clerk, an instance's settings determine the allowed length and characters. In the
 * simulator, a username consists of up to 64 letters, digits, dots, dashes and underscores.
 */
final class Usernames {
    private static final int LONGEST = 64;
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern ALLOWED = Pattern.compile("[\\p{Alnum}._-]*");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private Usernames() {}

    static void check(String name) {
        if (name.isEmpty()) {
            throw ClerkRefusedException.invalid("username", "username must not be empty.");
        }
        if (PHONE_NUMBER.matcher(name).matches()) {
            throw ClerkError.USERNAME_PHONE.of(
                    "username", "username cannot be a phone number. Please choose a different username.");
        }
        if (!ALLOWED.matcher(name).matches()) {
            throw ClerkError.USERNAME_CHARACTER.of(
                    "username", "username can contain letters, digits, dots, dashes and underscores only.");
        }
        if (DIGITS.matcher(name).matches()) {
            throw ClerkError.USERNAME_NUMBER.of("username", "username must contain one non-number character.");
        }
        if (name.length() > LONGEST) {
            throw ClerkError.USERNAME_LENGTH.of("username", "username must have at most " + LONGEST + " characters.");
        }
    }
}
