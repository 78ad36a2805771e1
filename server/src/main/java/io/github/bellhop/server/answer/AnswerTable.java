package io.github.bellhop.server.answer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every answer whose meaning is known, one row each; the first row that fits counts. Rows that recognise a sender by its
 * headers or body come before rows that know the status alone.
 */
public final class AnswerTable {
    static final List<AnswerRule> ROWS = Stream.of(
                    TunnelRows.ALL, HostRows.ALL, SignInRows.ALL, ProxyRows.ALL, AppRows.ALL, StatusRows.ALL)
            .flatMap(List::stream)
            .toList();

    private AnswerTable() {}

    /** What the answer means; null if nothing is wrong with it as far as status, headers and body tell. */
    public static @Nullable AnswerCause of(HttpAnswer answer) {
        return ROWS.stream()
                .map(row -> row.of(answer))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
