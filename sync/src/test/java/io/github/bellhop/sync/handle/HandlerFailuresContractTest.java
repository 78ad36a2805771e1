package io.github.bellhop.sync.handle;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Lanes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What the log and the tables show about a failing handler: enough to find the cause, but no data from a database. */
@Isolated("Reads the log, to which other tests write.")
class HandlerFailuresContractTest {
    private static final HandlerOptions TWICE =
            HandlerOptions.DEFAULT.withRetry(new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(10), 2));

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = context.getLogger("io.github.bellhop.sync.handle");

    @BeforeEach
    void listen() {
        lines.setContext(context);
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void end() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private static SyncBench bench(TestDatabase kind, EventHandler<UserEvent> code) {
        return new SyncBench(
                kind,
                Handlers.builder().on(UserEvent.class, "users", TWICE, code).build());
    }

    private static byte[] user(String id) {
        return Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'%s'}}", id);
    }

    private static Map<String, Object> run(SyncBench bench) {
        return Rows.one(
                bench.database(),
                "select attempts, reason, detail, first_failed_at, last_failed_at from bellhop_handler_runs");
    }

    private String logged() {
        return lines.list.stream()
                .map(line -> line.getFormattedMessage() + "\n"
                        + (line.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(line.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void logsStackTraceWithTypeEntityAndMessage() {
        try (SyncBench bench = bench(TestDatabase.SQLITE, (event, run) -> {
            throw new IllegalStateException("no plan named gold");
        })) {
            String id = bench.receive(user("user_1"));
            assertThat(bench.runHandlers()).isEqualTo(1);
            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.WARN);
                assertThat(line.getFormattedMessage())
                        .contains("Handler users", id, "user.created of user_1", "attempt 1", "no plan named gold");
            });
            assertThat(logged())
                    .contains(
                            "IllegalStateException: no plan named gold",
                            "at " + getClass().getName());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void storesTimesOfFirstAndLastFailureWithMessage(TestDatabase kind) {
        try (SyncBench bench = bench(kind, (event, run) -> {
            throw new IllegalStateException("attempt " + run.attempt() + " for someone@example.com\nfailed");
        })) {
            bench.receive(user("user_1"));
            long first = bench.clock.millis();
            bench.runHandlers();
            assertThat(run(bench))
                    .containsEntry("detail", "attempt 1 for (address) failed")
                    .containsEntry("first_failed_at", first)
                    .containsEntry("last_failed_at", first);
            bench.clock.advance(Duration.ofMinutes(1));
            bench.runHandlers();
            assertThat(run(bench))
                    .containsEntry("attempts", 2L)
                    .containsEntry("reason", "IllegalStateException")
                    .containsEntry("detail", "attempt 2 for (address) failed")
                    .containsEntry("first_failed_at", first)
                    .containsEntry("last_failed_at", first + 60_000);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void redactsDataQuotedByDriver(TestDatabase kind) {
        try (SyncBench bench = bench(kind, (event, run) -> {
            try (Statement statement = run.connection().createStatement()) {
                statement.addBatch("insert into people values ('ada.private@example.com')");
                statement.executeBatch();
            } catch (SQLException refused) {
                throw new IllegalStateException("could not save [" + refused.getMessage() + "]", refused);
            }
            return HandlerOutcome.done();
        })) {
            Rows.execute(bench.database(), "create table people (email text constraint one_per_address unique)");
            Rows.execute(bench.database(), "insert into people values ('ada.private@example.com')");
            bench.receive(user("user_1"));
            bench.runHandlers();
            String detail = String.valueOf(run(bench).get("detail"));
            String named = kind == TestDatabase.SQLITE ? "people.email" : "one_per_address";
            assertThat(detail).startsWith("could not save [").contains(named);
            assertThat(logged())
                    .contains("could not save [", named, "at " + getClass().getName());
            assertThat(logged() + detail).doesNotContain("ada.private", "(address)", "insert into");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void omitsMessagesThatQuoteValues(TestDatabase kind) {
        String sql = kind == TestDatabase.SQLITE ? "select json('{ada.private')" : "select 'ada.private'::integer";
        try (SyncBench bench = bench(kind, (event, run) -> {
            try (Statement statement = run.connection().createStatement()) {
                statement.execute(sql);
            }
            return HandlerOutcome.done();
        })) {
            bench.receive(user("user_1"));
            bench.runHandlers();
            assertThat(run(bench).get("detail"))
                    .asString()
                    .startsWith("the database's message is omitted")
                    .contains(kind == TestDatabase.SQLITE ? "SQLITE_ERROR" : "22P02");
            assertThat(logged()).doesNotContain("ada.private");
        }
    }

    @Test
    void limitsStackTracesPerMinute() {
        try (SyncBench bench = bench(TestDatabase.SQLITE, (event, run) -> {
            throw new IllegalStateException("always");
        })) {
            IntStream.range(0, 20).forEach(i -> bench.receive(user("user_" + i)));
            assertThat(bench.runHandlers()).isEqualTo(20);
            assertThat(lines.list).hasSize(20);
            assertThat(lines.list)
                    .filteredOn(line -> line.getThrowableProxy() != null)
                    .hasSize(5);
            lines.list.clear();
            bench.clock.advance(Duration.ofMinutes(1));
            assertThat(bench.handlerWorker.runOnce()).isTrue();
            assertThat(logged())
                    .contains(
                            "15 earlier stack traces omitted",
                            "at " + getClass().getName());
        }
    }

    @Test
    void showsOnlyClassWhenStackTracesAreOff() {
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "users", TWICE, (event, run) -> {
                    throw new IllegalStateException("no plan named gold");
                })
                .build();
        try (SyncBench bench = new SyncBench(TestDatabase.SQLITE, handlers)) {
            bench.receive(user("user_1"));
            RunEnvironment defaults = RunEnvironment.of(bench.database());
            RunEnvironment withoutStacks = new RunEnvironment(
                    defaults.atOnce(), defaults.transactions(), defaults.threads(), defaults.observations(), false);
            Lanes lanes = new Lanes(bench.database().dialect(), handlers::wanting);
            SyncMetrics metrics = new SyncMetrics(new SimpleMeterRegistry());
            try (HandlerWorker worker =
                    new HandlerWorker(bench.database(), handlers, lanes, bench.clock, metrics, withoutStacks)) {
                assertThat(worker.runOnce()).isTrue();
            }
            assertThat(logged())
                    .contains("IllegalStateException")
                    .doesNotContain("gold", "at " + getClass().getName());
            assertThat(run(bench))
                    .containsEntry("reason", "IllegalStateException")
                    .containsEntry("detail", null);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void erasureClearsDetail(TestDatabase kind) {
        try (SyncBench bench = bench(kind, (event, run) -> {
            throw new IllegalStateException("cannot greet Ada");
        })) {
            bench.receive(user("user_1"));
            bench.receive(user("user_2"));
            bench.runHandlers();
            assertThat(bench.eraser.erase("user_1")).isNotNull();
            assertThat(Rows.query(bench.database(), "select detail from bellhop_handler_runs order by message_id"))
                    .extracting(row -> row.get("detail"))
                    .containsExactly(null, "cannot greet Ada");
        }
    }
}
