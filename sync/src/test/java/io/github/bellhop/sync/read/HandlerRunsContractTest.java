package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.RunState;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The information displayed about failing handlers. */
class HandlerRunsContractTest {
    private static final HandlerOptions ONCE =
            HandlerOptions.DEFAULT.withRetry(new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));

    private static Handlers handlers() {
        return Handlers.builder()
                .on(UserEvent.class, "crm", ONCE, (event, run) -> {
                    throw new IllegalArgumentException("no such list");
                })
                .on(UserEvent.class, "mailer", (event, run) -> {
                    throw new IllegalStateException("no mail server");
                })
                .on(UserEvent.class, "quick", (event, run) -> HandlerOutcome.done())
                .build();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void listsRunsOfMessageAndEntity(TestDatabase kind) {
        try (SyncBench bench = new SyncBench(kind, handlers())) {
            String id = bench.receive(Json.of("{'type':'user.created','timestamp':1,'data':{'id':'user_1'}}"));
            String other = bench.receive(Json.of("{'type':'session.created','timestamp':1,'data':{'id':'sess_1'}}"));
            assertThat(bench.runHandlers()).isEqualTo(3);
            MessageReader reader = new MessageReader(bench.database());
            List<RunRecord> runs = reader.runs(List.of(id, other)).get(id);
            assertThat(runs).extracting(RunRecord::handler).containsExactly("crm", "mailer");
            assertThat(runs).extracting(RunRecord::state).containsExactly(RunState.DEAD, RunState.FAILING);
            assertThat(runs)
                    .extracting(RunRecord::cause)
                    .containsExactly("IllegalArgumentException: no such list", "IllegalStateException: no mail server");
            assertThat(runs).extracting(RunRecord::lastFailedAt).containsOnly(bench.clock.instant());
            assertThat(reader.runs(List.of(other))).isEmpty();
            assertThat(new StatusReader(bench.database())
                            .entity(ClerkTables.USERS, "user_1")
                            .runs())
                    .isEqualTo(runs);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void showsTypeAndEntityOfDeadLetter(TestDatabase kind) {
        try (SyncBench bench = new SyncBench(kind, handlers())) {
            String id = bench.receive(Json.of("{'type':'user.created','timestamp':1,'data':{'id':'user_1'}}"));
            bench.runHandlers();
            DeadLetters letters = new DeadLetters(bench.database(), bench.clock);
            List<DeadLetter> found = letters.after(new DeadLetterFilter(null, null, null), null, 10);
            assertThat(found).singleElement().satisfies(letter -> {
                assertThat(letter.messageId()).isEqualTo(id);
                assertThat(letter.type()).isEqualTo("user.created");
                assertThat(letter.entityId()).isEqualTo("user_1");
                assertThat(letter.cause()).isEqualTo("IllegalArgumentException: no such list");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void showsMillisecondsAsTimes(TestDatabase kind) {
        try (SyncBench bench = new SyncBench(kind, handlers())) {
            bench.receive(Json.of("{'type':'user.created','timestamp':1,'data':{'id':'user_1'}}"));
            bench.runHandlers();
            TableReader reader = new TableReader(bench.database());
            assertThat(reader.newest("bellhop_handler_runs", 1).get(0).values())
                    .containsEntry("received_at", "2026-03-01T12:00:00.000Z")
                    .containsEntry("last_failed_at", "2026-03-01T12:00:00.000Z");
            assertThat(reader.newest("bellhop_inbox", 1).get(0).values())
                    .containsEntry("received_at", "2026-03-01T12:00:00.000Z")
                    .containsEntry("attempts", 0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void listsHandlersOnceAppHasStarted(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            MessageReader reader = new MessageReader(open.database());
            assertThat(reader.handlers()).isEmpty();
            for (int i = 0; i < 2; i++) {
                try (SyncEngine engine = new SyncEngine(
                        open.database(), SyncSettings.defaults(), handlers(), new SimpleMeterRegistry())) {
                    engine.start();
                    assertThat(engine.handlerStanding().details())
                            .containsEntry("waiting", 0L)
                            .containsEntry("stuck", Map.of());
                }
                assertThat(reader.handlers()).containsExactly("crm", "mailer", "quick");
            }
        }
    }
}
