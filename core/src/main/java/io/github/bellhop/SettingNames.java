package io.github.bellhop;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How messages name settings. The modules write a setting as its property, {@code bellhop.database.url}; a program whose
 * users set variables of the environment names those instead. Thread-safe.
 *
 * @hidden
 */
public final class SettingNames {
    private static final Pattern PROPERTY = Pattern.compile("\\bbellhop(\\.[a-z]+(-[a-z]+)*)+");

    private static volatile UnaryOperator<String> names = UnaryOperator.identity();

    private SettingNames() {}

    /** From now on messages name a property as the function does, which returns every other text unchanged. */
    public static void use(UnaryOperator<String> function) {
        names = function;
    }

    /** Returns the text with every property in it named as the program's users know it. */
    public static String in(String text) {
        UnaryOperator<String> current = names;
        return PROPERTY.matcher(text)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement(current.apply(found.group())));
    }
}
