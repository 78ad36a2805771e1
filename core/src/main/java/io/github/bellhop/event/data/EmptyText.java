package io.github.bellhop.event.data;

import org.jspecify.annotations.Nullable;

/** Where Clerk writes empty text and means that there is nothing. */
final class EmptyText {
    private EmptyText() {}

    static @Nullable String asNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
