package io.github.bellhop.sync.refusal;

import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.refusal.RefusalSql.MinuteCount;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the receiver refused. Noting a refusal touches no database, and takes no memory that a stranger could make
 * grow; {@link #runOnce()} writes the counts down. A crash loses those of a few seconds.
 *
 * @hidden
 */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    /** Reasons that a real delivery meets when something is set up wrongly; the others are mostly strangers'. */
    private static final Set<String> TELLING = Set.of(
            "missing-headers",
            "invalid-headers",
            "timestamp-invalid",
            "timestamp-too-old",
            "timestamp-too-new",
            "no-matching-signature",
            "unsupported-content-type",
            "source-not-allowed",
            "body-too-large");

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    /** Fewer may be a scanner that came by. */
    private static final int WORTH_A_WARNING = 3;

    private static final int MOST_REASONS = 100;
    private static final long MINUTE = 60_000;

    /**
     * Refusals for one reason.
     *
     * @param reason the receiver's kebab-case name
     * @param count  how many there were
     * @param lastAt when the last one was
     */
    public record Count(String reason, long count, Instant lastAt) {}

    private final Database database;
    private final InstantSource clock;
    private final SyncMetrics metrics;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicLong sinceKept = new AtomicLong();
    private volatile String lastTelling = "";
    private volatile long keptAt;
    private long warnedAt;

    /** The refusals for one reason that are not written yet, by minute: at most the current and a few earlier ones. */
    private static final class Tally {
        private static final int MOST_MINUTES = 60;

        private final Map<Long, Long> byMinute = new ConcurrentHashMap<>();
        private volatile long lastAt;

        synchronized void add(long now) {
            long minute = now / MINUTE * MINUTE;
            if (byMinute.size() < MOST_MINUTES || byMinute.containsKey(minute)) {
                byMinute.merge(minute, 1L, Long::sum);
            }
            lastAt = now;
        }

        synchronized Map<Long, Long> counts() {
            return Map.copyOf(byMinute);
        }

        synchronized void written(long minute, long count) {
            byMinute.computeIfPresent(minute, (key, all) -> all > count ? all - count : null);
        }
    }

    /** No refusals yet. */
    public Refusals(Database database, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Whether deliveries that Clerk sends are refused for this reason when something is set up wrongly. */
    public static boolean isTelling(String reason) {
        return TELLING.contains(reason);
    }

    /**
     * Returns the refusals after a time that are written down, by reason, the latest first.
     *
     * @throws StoreException when the database cannot be read, for one because it has no such table yet
     */
    public static List<Count> since(Database database, Instant time) {
        return database.read(connection -> RefusalSql.since(connection, time));
    }

    /** Notes a refusal. */
    public void note(String reason) {
        Tally tally = tallies.get(reason);
        if (tally == null) {
            if (tallies.size() >= MOST_REASONS) {
                return;
            }
            tally = tallies.computeIfAbsent(reason, this::begin);
        }
        tally.add(clock.millis());
        if (isTelling(reason)) {
            lastTelling = reason;
            sinceKept.incrementAndGet();
        }
    }

    private Tally begin(String reason) {
        Tally tally = new Tally();
        metrics.gauge(
                "bellhop.refusal.last.seconds",
                "When a delivery was last refused for a reason, in seconds since 1970",
                () -> tally.lastAt / 1000.0,
                "reason",
                reason);
        return tally;
    }

    /** Notes that a message was kept: not everything is refused. */
    public void noteKept() {
        keptAt = clock.millis();
        if (sinceKept.get() != 0) {
            sinceKept.set(0);
        }
    }

    /** Writes down what was noted since the last time, forgets what is old, and warns when nothing else comes. */
    public void runOnce() {
        warn();
        List<MinuteCount> counts = new ArrayList<>();
        tallies.forEach((reason, tally) -> tally.counts()
                .forEach((minute, count) -> counts.add(new MinuteCount(minute, reason, count, tally.lastAt))));
        if (counts.isEmpty()) {
            return;
        }
        database.<Integer>inTransaction(connection -> {
            RefusalSql.add(connection, counts);
            return RefusalSql.forget(connection, clock.millis() - KEPT.toMillis());
        });
        counts.forEach(count -> {
            Tally tally = tallies.get(count.reason());
            if (tally != null) {
                tally.written(count.minute(), count.count());
            }
        });
    }

    private void warn() {
        long now = clock.millis();
        long refused = sinceKept.get();
        boolean warnedLately = warnedAt != 0 && now - warnedAt < BETWEEN_WARNINGS.toMillis();
        if (refused >= WORTH_A_WARNING && now - keptAt >= MINUTE && !warnedLately) {
            warnedAt = now;
            log.warn(
                    "Nothing but refusals: {} deliveries were refused since the last message was kept, the last one for"
                            + " {}. Run bellhop doctor to find the cause.",
                    refused,
                    lastTelling);
        }
    }
}
