package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventType;
import io.github.bellhop.sync.inbox.RunRow;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Shows a run to those who measure and trace: what the handler does, and those who listen for the commit, is below it.
 * Confined to the run's thread.
 */
final class RunObservation {
    private static final String OUTCOME = "outcome";

    private Observation observation = Observation.NOOP;
    private Observation.Scope scope = Observation.Scope.NOOP;

    /** The handler is about to be called. Nothing is shown of a run whose handler is not. */
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

    /** The handler, or what comes after it, threw this. */
    void failed(Throwable fault) {
        observation.error(fault);
    }

    /** The transaction is over; the outcome is that of the metrics. */
    void end(String outcome) {
        scope.close();
        observation.lowCardinalityKeyValue(OUTCOME, outcome);
        observation.stop();
    }
}
