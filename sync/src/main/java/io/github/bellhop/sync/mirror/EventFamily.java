package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.EventType;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of an event's type before the last dot: the kind of entity the event is about.
 */
final class EventFamily {
    private static final Set<String> KNOWN =
            Stream.of(EventType.values()).map(EventType::family).collect(Collectors.toUnmodifiableSet());

    private EventFamily() {}

    /** Returns the family of a type; the whole type if it has no dot. */
    static String of(String type) {
        int dot = type.lastIndexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    /** Returns whether Clerk is known to send events of this family. All such events contain an entity's id. */
    static boolean isKnown(String family) {
        return KNOWN.contains(family);
    }
}
