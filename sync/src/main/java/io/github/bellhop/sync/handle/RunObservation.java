package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventType;
import io.github.bellhop.sync.inbox.StoredRun;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Shows a run to those who measure and trace: what the handler does, and those who listen for the commit, is below it.
 * Confined to the run's thread.
 */
final class RunObservation {
    private static final String OUTCOME = "outcome";

    private final Observation observation;
    private final Observation.Scope scope;

    private RunObservation(Observation observation) {
        this.observation = observation;
        scope = observation.openScope();
    }

    static RunObservation start(ObservationRegistry registry, StoredRun run, ClerkEvent event) {
        EventType type = EventType.of(event.meta().type());
        return new RunObservation(Observation.createNotStarted("bellhop.handler", registry)
                .contextualName("bellhop handler " + run.handler())
                .lowCardinalityKeyValue("handler", run.handler())
                .lowCardinalityKeyValue("type", type == null ? "unknown" : type.wireName())
                .lowCardinalityKeyValue(OUTCOME, "unknown")
                .highCardinalityKeyValue("message.id", run.messageId())
                .start());
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
