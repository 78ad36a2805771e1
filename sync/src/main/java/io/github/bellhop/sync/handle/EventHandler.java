package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;

/**
 * The app's own code for an event. It may be called by several threads at once, but for one entity only by one at a
 * time, in the order in which the messages came.
 *
 * @param <E> the events it is given
 */
@FunctionalInterface
public interface EventHandler<E extends ClerkEvent> {
    /**
     * Handles an event. What it writes on {@link HandlerRun#connection()} is committed together with the mark that it
     * is done, or not at all. What it does elsewhere may happen again after a failure or a crash.
     *
     * @return what became of it; only {@link HandlerOutcome#done()} keeps its writes
     * @throws Exception to be called again later, by the handler's {@link HandlerOptions#retry()}
     */
    HandlerOutcome handle(E event, HandlerRun run) throws Exception;
}
