package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.StoredRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What a handler is told of the run that it is in. */
record Attempt(StoredRun run, RunConnection runConnection) implements HandlerRun {
    @Override
    public String messageId() {
        return run.messageId();
    }

    @Override
    public String handler() {
        return run.handler();
    }

    @Override
    public int attempt() {
        return run.attempts() + 1;
    }

    @Override
    public boolean stale() {
        return run.stale();
    }

    @Override
    public boolean replay() {
        return run.replay();
    }

    @Override
    public Instant receivedAt() {
        return run.receivedAt();
    }

    @Override
    public Connection connection() throws SQLException {
        return runConnection.get();
    }

    @Override
    public String toString() {
        return "HandlerRun[" + run.handler() + ", " + run.messageId() + ", attempt " + attempt() + "]";
    }
}
