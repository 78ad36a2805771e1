package io.github.bellhop;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Controls how messages name settings. By default a message contains the setting's property name, such as
 * {@code bellhop.database.url}. A program whose users set environment variables can replace it with the variable's
 * name. Thread-safe.
 *
 * @hidden
 */
public final class SettingNames {
    private static final Pattern PROPERTY = Pattern.compile("\\bbellhop(\\.[a-z]+(-[a-z]+)*)+");

    private static volatile UnaryOperator<String> names = UnaryOperator.identity();

    private SettingNames() {}

    /** Sets the function that maps property names for all later messages. It must return any other string unchanged. */
    public static void use(UnaryOperator<String> function) {
        names = function;
    }

    /** Returns the message with every property name replaced by the name that the program's users know. */
    public static String in(String text) {
        UnaryOperator<String> current = names;
        return PROPERTY.matcher(text)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement(current.apply(found.group())));
    }
}
