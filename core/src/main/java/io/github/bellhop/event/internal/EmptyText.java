package io.github.bellhop.event.internal;

import org.jspecify.annotations.Nullable;

/** Handles Clerk's use of empty strings for absent values. */
public final class EmptyText {
    private EmptyText() {}

    /** Returns the string; null if it is null or empty. */
    public static @Nullable String asNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
