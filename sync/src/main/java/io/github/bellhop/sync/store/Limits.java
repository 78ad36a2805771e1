package io.github.bellhop.sync.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of a transaction at the server, so that no server process works or waits after its client has given up.
 * They expire before the driver's own timeout. They apply only to one transaction, because a pooler may run the next
 * transaction in another session.
 *
 * @param lock      the timeout for a lock; zero for no limit other than the statement's
 * @param statement the timeout of a statement; zero for no limit
 * @param idle      the timeout of a transaction that waits for its next statement; zero for no limit
 * @param schema    the schema of the tables; null for the connection's default schema
 * @hidden
 */
public record Limits(
        Duration lock,
        Duration statement,
        Duration idle,
        @Nullable String schema) {
    /**
     * For the first attempt to write a batch of messages. Deliveries wait for the batch, so it does not wait long for
     * locks.
     */
    public static final Limits BATCH = ofMillis(1_000, 4_000, 10_000);

    /** For work that has already waited for a lock, or that can be done later. */
    public static final Limits SHORT_LOCK_WAIT = ofMillis(200, 4_000, 10_000);

    /** For every other transaction. */
    public static final Limits WORK = ofMillis(3_000, 8_000, 10_000);

    /**
     * For a migration, which may take hours on large tables. It waits for a lock only briefly, because other
     * transactions queue behind it.
     */
    static final Limits MIGRATION = new Limits(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ZERO, null);

    /** For the transaction that excludes other migrations. */
    static final Limits MIGRATION_LOCK = new Limits(Duration.ZERO, Duration.ofHours(6), Duration.ZERO, null);

    private static Limits ofMillis(long lock, long statement, long idle) {
        return new Limits(Duration.ofMillis(lock), Duration.ofMillis(statement), Duration.ofMillis(idle), null);
    }

    /** Returns the limits of a transaction in which other code works or sleeps for up to the given time. */
    static Limits of(Duration maxDuration) {
        return new Limits(Duration.ZERO, maxDuration.plusSeconds(2), maxDuration.plusSeconds(5), null);
    }

    /** Returns the limits of a read statement whose user waits for up to the given time. */
    static Limits reading(Duration maxDuration) {
        return new Limits(Duration.ZERO, maxDuration, maxDuration, null);
    }

    /** Returns these limits for tables in the given schema. */
    Limits in(@Nullable String name) {
        return new Limits(lock, statement, idle, name);
    }

    /** Returns the driver's timeout for a response. It is longer than the server's timeouts. */
    Duration driver() {
        return statement.plusSeconds(5);
    }
}
