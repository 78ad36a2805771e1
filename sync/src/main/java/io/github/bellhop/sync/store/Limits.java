package io.github.bellhop.sync.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is bounded by at the server, so that no backend waits or sleeps for longer than anybody waits for
 * it. All of them end before the driver's own timeout does. They last as long as the transaction, since a pooler may give
 * the next one to another session.
 *
 * @param lock      how long a statement waits for a lock; zero for as long as the statement may take
 * @param statement how long a statement may take; zero for ever
 * @param idle      how long the transaction may wait for its next statement; zero for ever
 * @param schema    the schema that the transaction's tables are in; null for the connection's own
 * @hidden
 */
public record Limits(
        Duration lock,
        Duration statement,
        Duration idle,
        @Nullable String schema) {
    /** A batch of messages, at its first try. Everybody waits for it, so it waits for nobody for long. */
    public static final Limits BATCH = ofMillis(1_000, 4_000, 10_000);

    /** Work that met a lock before, or that has another time. */
    public static final Limits IMPATIENT = ofMillis(200, 4_000, 10_000);

    /** Every other transaction. */
    public static final Limits WORK = ofMillis(3_000, 8_000, 10_000);

    /** A migration. It may work for hours on large tables, but others wait behind a lock that it waits for. */
    static final Limits MIGRATION = new Limits(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ZERO, null);

    /** What holds off other migrations meanwhile. */
    static final Limits MIGRATIONS = new Limits(Duration.ZERO, Duration.ofHours(6), Duration.ZERO, null);

    private static Limits ofMillis(long lock, long statement, long idle) {
        return new Limits(Duration.ofMillis(lock), Duration.ofMillis(statement), Duration.ofMillis(idle), null);
    }

    /** The limits of a transaction in which other code works for up to the given time, and sleeps as it likes. */
    static Limits of(Duration longest) {
        return new Limits(Duration.ZERO, longest.plusSeconds(2), longest.plusSeconds(5), null);
    }

    /** The limits of a statement that only reads, for as long as its user wants to wait. */
    static Limits reading(Duration longest) {
        return new Limits(Duration.ZERO, longest, longest, null);
    }

    /** The same for tables in a schema. */
    Limits in(@Nullable String name) {
        return new Limits(lock, statement, idle, name);
    }

    /** How long the driver waits for an answer: longer than the server works on it. */
    Duration driver() {
        return statement.plusSeconds(5);
    }
}
