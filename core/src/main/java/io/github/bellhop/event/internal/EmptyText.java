package io.github.bellhop.event.internal;

import org.jspecify.annotations.Nullable;

/** Where Clerk writes empty text and means that there is nothing. */
public final class EmptyText {
    private EmptyText() {}

    /** The text; null when it is empty. */
    public static @Nullable String asNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
