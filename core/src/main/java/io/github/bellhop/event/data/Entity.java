package io.github.bellhop.event.data;

import org.jspecify.annotations.Nullable;

/** A thing at Clerk that events are about. */
public interface Entity {
    /** Its Clerk id, such as {@code user_2g7np7Hrk0SN6kj5EDMLDaKNL0S}; null when the payload has none. */
    @Nullable
    String id();
}
