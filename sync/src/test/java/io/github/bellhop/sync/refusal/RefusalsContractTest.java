package io.github.bellhop.sync.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The stored counts of refusals, on every database. */
@Isolated("Reads the log, to which other tests write.")
class RefusalsContractTest {
    private static final String WRONG_SECRET = "no-matching-signature";

    private static void with(TestDatabase kind, Consumer<SyncBench> test) {
        try (SyncBench bench = new SyncBench(kind)) {
            test.accept(bench);
        }
    }

    private static Refusals refusals(SyncBench bench) {
        return new Refusals(bench.database(), bench.clock, new SyncMetrics(bench.registry));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void countsByReasonAndMinuteAcrossServers(TestDatabase kind) {
        with(kind, bench -> {
            Refusals one = refusals(bench);
            Refusals other = refusals(bench);
            Instant start = bench.clock.instant();
            one.note(WRONG_SECRET);
            one.note(WRONG_SECRET);
            other.note(WRONG_SECRET);
            one.note("not-found");
            one.runOnce();
            other.runOnce();
            one.runOnce();
            assertThat(Rows.count(bench.database(), "bellhop_refusals")).isEqualTo(2);
            bench.clock.advance(Duration.ofMinutes(1));
            one.note(WRONG_SECRET);
            one.runOnce();
            assertThat(Rows.count(bench.database(), "bellhop_refusals")).isEqualTo(3);
            List<Refusals.Count> all = new StatusReader(bench.database()).refusedSince(start.minusMillis(1));
            assertThat(all)
                    .containsExactly(
                            new Refusals.Count(WRONG_SECRET, 4, bench.clock.instant()),
                            new Refusals.Count("not-found", 1, start));
            assertThat(new StatusReader(bench.database()).refusedSince(bench.clock.instant()))
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void deletesRefusalsAfterThirtyDays(TestDatabase kind) {
        with(kind, bench -> {
            Refusals refusals = refusals(bench);
            refusals.note(WRONG_SECRET);
            refusals.runOnce();
            bench.clock.advance(Duration.ofDays(29));
            refusals.note("not-found");
            refusals.runOnce();
            assertThat(Rows.count(bench.database(), "bellhop_refusals")).isEqualTo(2);
            bench.clock.advance(Duration.ofDays(2));
            refusals.note("body-empty");
            refusals.runOnce();
            assertThat(Rows.query(bench.database(), "select reason from bellhop_refusals order by reason"))
                    .extracting(row -> row.get("reason"))
                    .containsExactly("body-empty", "not-found");
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsCountsWhileDatabaseIsDown(TestDatabase kind) {
        with(kind, bench -> {
            Refusals refusals = refusals(bench);
            refusals.note(WRONG_SECRET);
            bench.faults.oneIn(1, new Random(1));
            assertThatThrownBy(refusals::runOnce).isInstanceOf(StoreException.class);
            bench.faults.oneIn(0, new Random(1));
            refusals.runOnce();
            assertThat(Rows.query(bench.database(), "select count from bellhop_refusals"))
                    .extracting(row -> ((Number) row.get("count")).intValue())
                    .containsExactly(1);
        });
    }

    @ParameterizedTest
    @EnumSource(value = TestDatabase.class, names = "SQLITE")
    void warnsOnceWhenAllDeliveriesAreRefused(TestDatabase kind) {
        Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(lines);
        try {
            with(kind, bench -> {
                Refusals refusals = refusals(bench);
                refusals.noteKept();
                for (int i = 0; i < 3; i++) {
                    refusals.note("not-found");
                    refusals.note(WRONG_SECRET);
                }
                refusals.runOnce();
                assertThat(lines.list).as("a message was just stored").isEmpty();
                bench.clock.advance(Duration.ofMinutes(2));
                refusals.runOnce();
                refusals.runOnce();
                assertThat(lines.list).hasSize(1);
                assertThat(lines.list.get(0).getFormattedMessage()).contains("3 deliveries", WRONG_SECRET, "doctor");
                bench.clock.advance(Duration.ofMinutes(11));
                refusals.noteKept();
                refusals.runOnce();
                assertThat(lines.list).hasSize(1);
            });
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TestDatabase.class, names = "SQLITE")
    void reportsLastRefusalByReason(TestDatabase kind) {
        with(kind, bench -> {
            Refusals refusals = refusals(bench);
            refusals.note(WRONG_SECRET);
            bench.clock.advance(Duration.ofMinutes(1));
            refusals.note("not-found");
            assertThat(bench.registry
                            .get("bellhop.refusal.last.seconds")
                            .tag("reason", "not-found")
                            .gauge()
                            .value())
                    .isEqualTo(bench.clock.instant().toEpochMilli() / 1000.0);
        });
    }
}
