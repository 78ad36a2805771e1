package io.github.bellhop.test.spring;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of handlers, which the engine reports as observations. Does not implement
 * {@code ObservationHandler}, because Boot would register it a second time. Thread-safe.
 */
final class CallRecorder {
    private record Call(String messageId, String handler) {}

    private final Map<Call, Integer> calls = new ConcurrentHashMap<>();

    /** Counts the calls that this registry reports from now on. */
    void listenTo(ObservationRegistry registry) {
        registry.observationConfig().observationHandler(new Listener());
    }

    int count(String messageId, String handler) {
        return calls.getOrDefault(new Call(messageId, handler), 0);
    }

    private final class Listener implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return "bellhop.handler".equals(context.getName());
        }

        @Override
        public void onStart(Observation.Context context) {
            Call call = new Call(
                    text(context.getHighCardinalityKeyValue("message.id")),
                    text(context.getLowCardinalityKeyValue("handler")));
            int unused = calls.merge(call, 1, Integer::sum);
        }

        private static String text(@Nullable KeyValue pair) {
            return pair == null ? "" : pair.getValue();
        }
    }
}
