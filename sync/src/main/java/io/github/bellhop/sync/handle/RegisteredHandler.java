package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;

/** A handler with its name and what it wants. */
record RegisteredHandler<E extends ClerkEvent>(
        Class<E> type, String name, HandlerOptions options, EventHandler<E> handler) {
    boolean wants(Class<? extends ClerkEvent> eventClass) {
        return type.isAssignableFrom(eventClass);
    }

    HandlerOutcome handle(ClerkEvent event, HandlerRun run) throws Exception {
        return handler.handle(type.cast(event), run);
    }
}
