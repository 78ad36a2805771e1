package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Lanes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replay for named handlers, by a program that does not have these handlers. */
class NamedReplayContractTest {
    private static final byte[] USER =
            Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','updated_at':1}}");

    private final List<String> calls = new ArrayList<>();

    private HandlerOutcome die(HandlerRun run) {
        calls.add(run.handler());
        return run.replay() ? HandlerOutcome.done() : HandlerOutcome.giveUp("broken");
    }

    @ParameterizedTest
    @EnumSource
    void callsOnlyNamedHandlers(TestDatabase kind) {
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "one", (event, run) -> die(run))
                .on(UserEvent.class, "two", (event, run) -> die(run))
                .on(UserEvent.class, "three", (event, run) -> {
                    calls.add(run.handler());
                    return HandlerOutcome.done();
                })
                .build();
        try (SyncBench bench = new SyncBench(kind, handlers)) {
            String id = bench.receive(USER);
            bench.runHandlers();
            assertThat(calls).containsExactlyInAnyOrder("one", "two", "three");
            calls.clear();

            Replay otherProgram = new Replay(
                    bench.database(), bench.clock, new Lanes(bench.database().dialect()));
            assertThat(otherProgram.replay(id, List.of("one", "three"))).isEqualTo(Replay.Outcome.DUE);
            bench.worker.runOnce();
            bench.runHandlers();
            assertThat(calls).as("a dead run and a finished one").containsExactlyInAnyOrder("one", "three");
            assertThat(Rows.query(bench.database(), "select handler from bellhop_dead_letters"))
                    .extracting(row -> row.get("handler"))
                    .containsExactly("two");
            calls.clear();

            assertThat(otherProgram.replay(id, List.of())).isEqualTo(Replay.Outcome.DUE);
            bench.worker.runOnce();
            bench.runHandlers();
            assertThat(calls).as("for the mirror only").isEmpty();

            assertThat(otherProgram.replay(id)).isEqualTo(Replay.Outcome.DUE);
            bench.worker.runOnce();
            bench.runHandlers();
            assertThat(calls).containsExactly("two");
        }
    }
}
