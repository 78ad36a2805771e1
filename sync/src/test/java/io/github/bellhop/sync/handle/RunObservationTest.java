package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Lanes;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunObservationTest {
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> stopped = new ArrayList<>();

    RunObservationTest() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private void run(HandlerOptions options, EventHandler<UserEvent> code) {
        Handlers handlers =
                Handlers.builder().on(UserEvent.class, "users", options, code).build();
        try (SyncBench bench = new SyncBench(TestDatabase.SQLITE, handlers)) {
            bench.receive(Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1'}}"));
            Lanes lanes = new Lanes(bench.database().dialect(), handlers::wanting);
            RunEnvironment defaults = RunEnvironment.of(bench.database());
            RunEnvironment observed =
                    new RunEnvironment(defaults.atOnce(), defaults.transactions(), defaults.threads(), registry);
            try (HandlerWorker worker = new HandlerWorker(
                    bench.database(), handlers, lanes, bench.clock, new SyncMetrics(bench.registry), observed)) {
                assertThat(worker.runOnce()).isTrue();
                assertThat(worker.runOnce()).isFalse();
            }
        }
        assertThat(registry.getCurrentObservation()).isNull();
    }

    private static Map<String, String> low(Observation.Context context) {
        return context.getLowCardinalityKeyValues().stream()
                .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    @Test
    void isParentOfObservationsInHandler() {
        run(HandlerOptions.DEFAULT, (event, run) -> {
            Observation.createNotStarted("of.the.app", registry).observe(() -> {});
            return HandlerOutcome.done();
        });
        assertThat(stopped).extracting(Observation.Context::getName).containsExactly("of.the.app", "bellhop.handler");
        assertThat(stopped.get(0).getParentObservation().getContextView()).isSameAs(stopped.get(1));
        assertThat(low(stopped.get(1)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("handler", "users", "type", "user.created", "outcome", "done"));
        assertThat(stopped.get(1).getHighCardinalityKeyValue("message.id").getValue())
                .isEqualTo("msg_000001");
        assertThat(stopped.get(1).getError()).isNull();
    }

    @Test
    void reportsException() {
        IllegalStateException fault = new IllegalStateException();
        run(HandlerOptions.DEFAULT, (event, run) -> {
            throw fault;
        });
        assertThat(low(stopped.get(0))).containsEntry("outcome", "failed");
        assertThat(stopped.get(0).getError()).isSameAs(fault);
    }

    @Test
    void reportsLastAttemptAsDead() {
        RetryPolicy once = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
        run(HandlerOptions.DEFAULT.withRetry(once), (event, run) -> {
            throw new IllegalStateException();
        });
        assertThat(low(stopped.get(0))).containsEntry("outcome", "dead");
    }
}
