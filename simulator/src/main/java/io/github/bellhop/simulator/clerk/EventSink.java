package io.github.bellhop.simulator.clerk;

/** Where an instance's events go. */
public interface EventSink {
    /**
     * Takes one event. It is called after the change has happened and before any other change can: it must be quick,
     * and must not wait for another thread that uses the instance. What it throws reaches whoever made the change.
     */
    void emit(EmittedEvent event);
}
