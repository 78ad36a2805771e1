package io.github.bellhop.event.data;

import org.jspecify.annotations.Nullable;

/** An object in Clerk that events are about. */
public interface Entity {
    /** Returns its Clerk id, such as {@code user_2g7np7Hrk0SN6kj5EDMLDaKNL0S}; null if the payload has none. */
    @Nullable
    String id();
}
