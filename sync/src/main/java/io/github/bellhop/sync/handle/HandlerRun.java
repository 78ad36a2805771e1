package io.github.bellhop.sync.handle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** One attempt of a run, as passed to the handler. Valid on the handler's thread until the handler returns. */
public interface HandlerRun {
    /**
     * Returns the message's id. It is the same in every attempt and can serve as an idempotency key in other systems.
     */
    String messageId();

    /** Returns the handler's name. */
    String handler();

    /**
     * Returns the number of this attempt, from 1. Attempts that returned {@code retryAt} or were interrupted by a crash
     * do not count.
     */
    int attempt();

    /** Returns whether the mirror already contained a higher version or a deletion when the message was mirrored. */
    boolean stale();

    /** Returns whether this run was requested by a replay. */
    boolean replay();

    /** Returns when the message was first received. */
    Instant receivedAt();

    /**
     * Returns the connection of the run's transaction, in which the run is also marked as done. The handler can use
     * savepoints, but cannot commit or roll back; closing the connection has no effect.
     *
     * @throws SQLException if the attempt is over
     */
    Connection connection() throws SQLException;
}
