package io.github.bellhop.sync.write;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which handlers want which events.
 *
 * @hidden
 */
@FunctionalInterface
public interface Wants {
    /** Nobody wants anything. */
    Wants NOTHING = type -> List.of();

    /** Those who want events of this type; null is an event without one. */
    List<Want> of(@Nullable String type);

    /**
     * A handler that wants a type of event.
     *
     * @param handler  its name
     * @param staleToo whether it wants what is stale too
     */
    record Want(String handler, boolean staleToo) {}
}
