package io.github.bellhop.sync.mirror;

/** What stands before the dot in an event's type: the kind of entity it is about. */
public final class EventFamily {
    private EventFamily() {}

    /** The family of a type; the whole type when it has no dot. */
    public static String of(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }
}
