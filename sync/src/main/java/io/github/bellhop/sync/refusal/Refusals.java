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
 * Counts the deliveries that the receiver refused. Counting does not access the database, and its memory is limited,
 * whatever strangers send. {@link #runOnce()} writes the counts. A crash loses the counts of the last few seconds.
 *
 * @hidden
 */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    /**
     * Reasons for which Clerk's own deliveries are refused if the setup is wrong. Most other refusals concern requests
     * from strangers.
     */
    private static final Set<String> SETUP_REASONS = Set.of(
            "missing-headers",
            "invalid-headers",
            "timestamp-invalid",
            "timestamp-too-old",
            "timestamp-too-new",
            "no-matching-signature",
            "unsupported-content-type",
            "source-not-allowed",
            "body-too-large");

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    /** Fewer refusals may be caused by a scanner. */
    private static final int MIN_FOR_WARNING = 3;

    private static final int MAX_REASONS = 100;
    private static final long MINUTE = 60_000;

    /**
     * The number of refusals for one reason.
     *
     * @param reason the receiver's kebab-case name for the reason
     * @param count  the number of refusals
     * @param lastAt when the last one happened
     */
    public record Count(String reason, long count, Instant lastAt) {}

    private final Database database;
    private final InstantSource clock;
    private final SyncMetrics metrics;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicLong refusedSinceStored = new AtomicLong();
    private volatile String lastSetupReason = "";
    private volatile long storedAt;
    private long warnedAt;

    /** The refusals for one reason that have not been written yet, by minute, for at most 60 minutes. */
    private static final class Tally {
        private static final int MAX_MINUTES = 60;

        private final Map<Long, Long> byMinute = new ConcurrentHashMap<>();
        private volatile long lastAt;

        synchronized void add(long now) {
            long minute = now / MINUTE * MINUTE;
            if (byMinute.size() < MAX_MINUTES || byMinute.containsKey(minute)) {
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

    /** Creates a counter without refusals. */
    public Refusals(Database database, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Returns whether a wrong setup can cause Clerk's own deliveries to be refused for this reason. */
    public static boolean indicatesWrongSetup(String reason) {
        return SETUP_REASONS.contains(reason);
    }

    /**
     * Returns the written refusals after the given time, grouped by reason, most recent first.
     *
     * @throws StoreException if the database cannot be read, for example because the table does not exist yet
     */
    public static List<Count> since(Database database, Instant time) {
        return database.read(connection -> RefusalSql.since(connection, time));
    }

    /** Counts a refusal. */
    public void note(String reason) {
        Tally tally = tallies.get(reason);
        if (tally == null) {
            if (tallies.size() >= MAX_REASONS) {
                return;
            }
            tally = tallies.computeIfAbsent(reason, this::register);
        }
        tally.add(clock.millis());
        if (indicatesWrongSetup(reason)) {
            lastSetupReason = reason;
            refusedSinceStored.incrementAndGet();
        }
    }

    private Tally register(String reason) {
        Tally tally = new Tally();
        metrics.gauge(
                "bellhop.refusal.last.seconds",
                "When a delivery was last refused for the reason, in seconds since 1970",
                () -> tally.lastAt / 1000.0,
                "reason",
                reason);
        return tally;
    }

    /** Records that a message was stored, so that {@link #runOnce()} does not warn. */
    public void noteKept() {
        storedAt = clock.millis();
        if (refusedSinceStored.get() != 0) {
            refusedSinceStored.set(0);
        }
    }

    /**
     * Writes the new counts, deletes those older than 30 days, and warns if deliveries are refused and none is stored.
     */
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
            return RefusalSql.deleteBefore(connection, clock.millis() - RETENTION.toMillis());
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
        long refused = refusedSinceStored.get();
        boolean recentlyWarned = warnedAt != 0 && now - warnedAt < BETWEEN_WARNINGS.toMillis();
        if (refused >= MIN_FOR_WARNING && now - storedAt >= MINUTE && !recentlyWarned) {
            warnedAt = now;
            log.warn(
                    "{} deliveries have been refused since the last message was stored, most recently for {}."
                            + " Run bellhop doctor to find the cause.",
                    refused,
                    lastSetupReason);
        }
    }
}
