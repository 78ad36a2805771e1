package io.github.bellhop.server.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses events by their types: names such as {@code session.created}, and families such as {@code user.*}. Immutable.
 */
public final class EventFilter {
    /** Matches every event, including events without a type. */
    public static final EventFilter ALL = new EventFilter(List.of());

    private static final int MAX_PATTERNS = 100;

    private final List<String> patterns;

    private EventFilter(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** Parses a comma-separated list. Returns empty if an item is neither a type nor a family, and {@link #ALL} for an
     * empty list. */
    public static Optional<EventFilter> parse(String text) {
        List<String> patterns = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String pattern = item.strip();
            if (pattern.isEmpty()) {
                continue;
            }
            if (!pattern.matches("[A-Za-z0-9_]{1,64}(\\.[A-Za-z0-9_]{1,64}){0,3}(\\.\\*)?|\\*")
                    || patterns.size() == MAX_PATTERNS) {
                return Optional.empty();
            }
            patterns.add(pattern);
        }
        return Optional.of(patterns.isEmpty() || patterns.contains("*") ? ALL : new EventFilter(patterns));
    }

    /** Whether an event of this type matches. */
    public boolean matches(@Nullable String type) {
        return patterns.isEmpty() || (type != null && patterns.stream().anyMatch(pattern -> matches(pattern, type)));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith(".*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }

    /** The list in the form that {@link #parse} reads; empty for all events. */
    public String text() {
        return String.join(",", patterns);
    }

    @Override
    public String toString() {
        return patterns.isEmpty() ? "all" : text();
    }
}
