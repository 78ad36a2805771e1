package io.github.bellhop.server.answer;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table. The sentences of its cause may contain placeholders: {@code {to}}, the target of a redirect;
 * {@code {path}}, the path of the delivery; and the name of a header in braces, which stands for the header's value.
 */
record AnswerRule(Signs signs, AnswerCause cause) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]{1,40})}");

    /** The statuses of a row, and what the headers and body of the answer must contain. */
    record Signs(Set<Integer> statuses, Sign sign, boolean named) {
        /** Requires a header whose value matches the expression. */
        Signs header(String name, String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> answer.hasHeader(name, pattern));
        }

        /** Requires a body that contains a match of the expression. */
        Signs body(String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> pattern.matcher(answer.text()).find());
        }

        /** Requires a redirect whose target, without its query, contains a match of the expression. */
        Signs target(String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> {
                String target = answer.target();
                return target != null && pattern.matcher(target).find();
            });
        }

        Signs and(Sign other) {
            return new Signs(statuses, answer -> sign.isIn(answer) && other.isIn(answer), true);
        }

        /** The same conditions, marked as not identifying the sender of the answer. */
        Signs ofUnknownSender() {
            return new Signs(statuses, sign, false);
        }

        AnswerRule means(String id, String what, String why, String fix) {
            return new AnswerRule(this, new AnswerCause(id, named, what, why, fix));
        }
    }

    /** A condition on an answer. */
    interface Sign {
        boolean isIn(HttpAnswer answer);
    }

    static Signs on(int... statuses) {
        return of(IntStream.of(statuses));
    }

    /** All statuses in the range, including both ends. */
    static Signs between(int first, int last) {
        return of(IntStream.rangeClosed(first, last));
    }

    private static Signs of(IntStream statuses) {
        return new Signs(statuses.boxed().collect(Collectors.toUnmodifiableSet()), answer -> true, false);
    }

    /** Returns what the answer means, or null if this row does not match it. */
    @Nullable
    AnswerCause of(HttpAnswer answer) {
        boolean matches =
                signs.statuses().contains(answer.status()) && signs.sign().isIn(answer);
        return matches
                ? new AnswerCause(
                        cause.id(),
                        cause.named(),
                        filled(cause.what(), answer),
                        filled(cause.why(), answer),
                        filled(cause.fix(), answer))
                : null;
    }

    private static String filled(String text, HttpAnswer answer) {
        return PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            String name = placeholder.group(1);
            String value = switch (name) {
                case "to" -> String.valueOf(answer.target());
                case "path" -> String.valueOf(answer.url().getRawPath());
                default -> answer.safeHeader(name);
            };
            return Matcher.quoteReplacement(value);
        });
    }
}
