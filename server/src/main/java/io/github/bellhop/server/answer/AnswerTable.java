package io.github.bellhop.server.answer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The known answers, one row each; the first row that matches is used. Rows that recognize a sender by its headers or
 * body come before rows that look only at the status.
 */
public final class AnswerTable {
    static final List<AnswerRule> ROWS = Stream.of(
                    TunnelRows.ALL, HostRows.ALL, SignInRows.ALL, ProxyRows.ALL, AppRows.ALL, StatusRows.ALL)
            .flatMap(List::stream)
            .toList();

    private AnswerTable() {}

    /** Returns what the answer means, or null if its status, headers and body show no problem. */
    public static @Nullable AnswerCause of(HttpAnswer answer) {
        return ROWS.stream()
                .map(row -> row.of(answer))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
