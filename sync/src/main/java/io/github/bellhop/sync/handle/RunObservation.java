package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventType;
import io.github.bellhop.sync.inbox.RunRow;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The Micrometer observation of an attempt. Observations by the handler and by commit listeners become its children.
 * Confined to the run's thread.
 */
final class RunObservation {
    private static final String OUTCOME = "outcome";

    private Observation observation = Observation.NOOP;
    private Observation.Scope scope = Observation.Scope.NOOP;

    /**
     * Starts the observation, just before the handler is called. An attempt that does not call the handler is not
     * observed.
     */
    void start(ObservationRegistry registry, RunRow run, ClerkEvent event) {
        EventType type = EventType.of(event.meta().type());
        observation = Observation.createNotStarted("bellhop.handler", registry)
                .contextualName("bellhop handler " + run.handler())
                .lowCardinalityKeyValue("handler", run.handler())
                .lowCardinalityKeyValue("type", type == null ? "unknown" : type.wireName())
                .lowCardinalityKeyValue(OUTCOME, "unknown")
                .highCardinalityKeyValue("message.id", run.messageId())
                .start();
        scope = observation.openScope();
    }

    /** Adds an exception that was thrown by the handler or after it had returned. */
    void failed(Throwable fault) {
        observation.error(fault);
    }

    /** Stops the observation after the transaction has ended. The outcome is the same as in the metrics. */
    void end(String outcome) {
        scope.close();
        observation.lowCardinalityKeyValue(OUTCOME, outcome);
        observation.stop();
    }
}
