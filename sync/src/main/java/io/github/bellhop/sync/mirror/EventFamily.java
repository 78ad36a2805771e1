package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.EventType;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands before the last dot in an event's type: the kind of entity it is about.
 */
final class EventFamily {
    private static final Set<String> KNOWN =
            Stream.of(EventType.values()).map(EventType::family).collect(Collectors.toUnmodifiableSet());

    private EventFamily() {}

    /** The family of a type; the whole type when it has no dot. A part of a family's name is no family. */
    static String of(String type) {
        int dot = type.lastIndexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    /** Whether Clerk is known to send events of this family, all of which name an entity. */
    static boolean isKnown(String family) {
        return KNOWN.contains(family);
    }
}
