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

    /** Starts the observation, just before the handler is called. An attempt without a call is not observed. */
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

    /** Adds an exception thrown by the handler or after it. */
    void failed(Throwable fault) {
        observation.error(fault);
    }

    /** Stops the observation after the end of the transaction; the outcome equals the metric's. */
    void end(String outcome) {
        scope.close();
        observation.lowCardinalityKeyValue(OUTCOME, outcome);
        observation.stop();
    }
}
