package io.github.bellhop.server.answer;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table. Its texts may hold {@code {to}}, the target of a redirect; {@code {path}}, the path of the
 * delivery; and the name of a header in braces, which becomes the header's value.
 */
record AnswerRule(Signs signs, AnswerCause cause) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z-]{1,40})}");

    /** The statuses of a row, and what its headers and body must hold. */
    record Signs(Set<Integer> statuses, Sign sign, boolean named) {
        /** A header holds this. */
        Signs header(String name, String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> answer.hasHeader(name, pattern));
        }

        /** The body holds this. */
        Signs body(String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> pattern.matcher(answer.text()).find());
        }

        /** The target of a redirect, without its query, holds this. */
        Signs target(String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return and(answer -> {
                String target = answer.target();
                return target != null && pattern.matcher(target).find();
            });
        }

        Signs and(Sign more) {
            return new Signs(statuses, answer -> sign.isIn(answer) && more.isIn(answer), true);
        }

        /** The same, though it tells nothing about who answers. */
        Signs ofUnknownSender() {
            return new Signs(statuses, sign, false);
        }

        AnswerRule means(String id, String what, String why, String fix) {
            return new AnswerRule(this, new AnswerCause(id, named, what, why, fix));
        }
    }

    /** Something that an answer has or has not. */
    interface Sign {
        boolean isIn(HttpAnswer answer);
    }

    static Signs on(int... statuses) {
        return of(IntStream.of(statuses));
    }

    /** Both ends are among them. */
    static Signs between(int first, int last) {
        return of(IntStream.rangeClosed(first, last));
    }

    private static Signs of(IntStream statuses) {
        return new Signs(statuses.boxed().collect(Collectors.toUnmodifiableSet()), answer -> true, false);
    }

    /** What the answer means; null if it is not this row's. */
    @Nullable
    AnswerCause of(HttpAnswer answer) {
        boolean fits =
                signs.statuses().contains(answer.status()) && signs.sign().isIn(answer);
        return fits
                ? new AnswerCause(
                        cause.id(),
                        cause.named(),
                        filled(cause.what(), answer),
                        filled(cause.why(), answer),
                        filled(cause.fix(), answer))
                : null;
    }

    private static String filled(String text, HttpAnswer answer) {
        return PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(1);
            String value = switch (name) {
                case "to" -> String.valueOf(answer.target());
                case "path" -> String.valueOf(answer.url().getRawPath());
                default -> answer.safeHeader(name);
            };
            return Matcher.quoteReplacement(value);
        });
    }
}
