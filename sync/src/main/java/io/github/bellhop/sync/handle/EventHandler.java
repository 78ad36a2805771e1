package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;

/**
 * The app's own code for an event. Several threads may call it at once. For one entity, it is called by only one thread
 * at a time, in the order in which the messages were received.
 *
 * @param <E> the type of the events it receives
 */
@FunctionalInterface
public interface EventHandler<E extends ClerkEvent> {
    /**
     * Handles an event. The handler's writes on {@link HandlerRun#connection()} and the mark that the run is done are
     * committed together or not at all. Other effects may be repeated after a failure or a crash.
     *
     * @return the outcome; only {@link HandlerOutcome#done()} keeps the handler's writes
     * @throws Exception to fail the attempt; the run is retried according to the handler's
     *     {@link HandlerOptions#retry()}
     */
    HandlerOutcome handle(E event, HandlerRun run) throws Exception;
}
