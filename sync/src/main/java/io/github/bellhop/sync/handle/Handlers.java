package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventType;
import io.github.bellhop.event.UnknownEvent;
import io.github.bellhop.sync.write.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The app's handlers. Each has a name that is stored and therefore must not change. Immutable. */
public final class Handlers {
    private static final Handlers NONE = new Handlers(List.of());
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]{1,100}");

    private final List<Registered<?>> all;
    private final Map<Class<? extends ClerkEvent>, List<Lanes.Subscriber>> wants = new ConcurrentHashMap<>();

    private Handlers(List<Registered<?>> all) {
        this.all = List.copyOf(all);
    }

    /** Returns an empty registry. */
    public static Handlers none() {
        return NONE;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether there are no handlers. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns the handlers' names, in the order in which they were added. */
    public List<String> names() {
        return all.stream().map(Registered::name).toList();
    }

    List<Registered<?>> all() {
        return all;
    }

    /** Returns the handlers for events of this type; for an unknown type, those for {@link UnknownEvent}. */
    public List<Lanes.Subscriber> wanting(@Nullable String type) {
        if (all.isEmpty()) {
            return List.of();
        }
        EventType known = EventType.of(type);
        return wants.computeIfAbsent(known == null ? UnknownEvent.class : known.eventClass(), this::wanting);
    }

    private List<Lanes.Subscriber> wanting(Class<? extends ClerkEvent> eventClass) {
        return all.stream()
                .filter(handler -> handler.wants(eventClass))
                .map(handler ->
                        new Lanes.Subscriber(handler.name(), handler.options().staleToo()))
                .toList();
    }

    /** A handler with its name, event type and options. */
    record Registered<E extends ClerkEvent>(
            Class<E> type, String name, HandlerOptions options, EventHandler<E> handler) {
        boolean wants(Class<? extends ClerkEvent> eventClass) {
            return type.isAssignableFrom(eventClass);
        }

        HandlerOutcome handle(ClerkEvent event, HandlerRun run) throws Exception {
            return handler.handle(type.cast(event), run);
        }
    }

    /** Collects handlers. Not thread-safe. */
    public static final class Builder {
        private final List<Registered<?>> all = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a handler with the default options.
         *
         * @param type one type of event ({@code UserEvent.Created.class}), a family ({@code UserEvent.class}), or all
         *             ({@code ClerkEvent.class})
         * @param name the handler's unique name: 1 to 100 printable ASCII characters without spaces
         */
        public <E extends ClerkEvent> Builder on(Class<E> type, String name, EventHandler<E> handler) {
            return on(type, name, HandlerOptions.DEFAULT, handler);
        }

        /** Adds a handler with the given options; see {@link #on(Class, String, EventHandler)}. */
        public <E extends ClerkEvent> Builder on(
                Class<E> type, String name, HandlerOptions options, EventHandler<E> handler) {
            if (!NAME.matcher(name).matches() || name.equals("mirror")) {
                throw new IllegalArgumentException("A handler's name must have 1 to 100 printable ASCII characters,"
                        + " contain no spaces, and not be \"mirror\".");
            }
            if (all.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException(
                        "Two handlers have the name \"" + name + "\". Give each one a unique name.");
            }
            all.add(new Registered<>(type, name, options, handler));
            return this;
        }

        /** Returns the registry. */
        public Handlers build() {
            return new Handlers(all);
        }
    }
}
