package io.github.bellhop.sync.handle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** One attempt to run a handler. It is of use until the handler returns, on the handler's thread. */
public interface HandlerRun {
    /** The message's id: the same in every attempt, so fit as a key of idempotence elsewhere. */
    String messageId();

    /** The handler's name. */
    String handler();

    /** Which attempt this is, from 1. One that asked to be called later, or was cut off by a crash, does not count. */
    int attempt();

    /** Whether the mirror already held a higher version, or a deletion, when the message came. */
    boolean stale();

    /** Whether somebody asked for this run. */
    boolean replay();

    /** When the message first came. */
    Instant receivedAt();

    /**
     * The connection whose transaction holds the mark that this run is done. It is the run's: it can be neither
     * committed nor rolled back here, and closing it does nothing. Savepoints may be used.
     *
     * @throws SQLException when the run is over
     */
    Connection connection() throws SQLException;
}
