package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.Watchdog.Watch;
import io.github.bellhop.sync.inbox.StoredRun;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the app's code, from which anything may come: a value, an exception, an error, or nothing for too long. */
final class HandlerCall {
    private final Watchdog watchdog;
    private final Duration longest;

    HandlerCall(Watchdog watchdog, Duration longest) {
        this.watchdog = watchdog;
        this.longest = longest;
    }

    /**
     * What came back.
     *
     * @param outcome what the handler returned; null when it failed
     * @param fault   what it threw
     * @param late    whether it took too long, whatever it returned then
     */
    record Answer(
            @Nullable HandlerOutcome outcome, @Nullable Throwable fault, boolean late) {}

    Answer call(
            RegisteredHandler<?> handler, ClerkEvent event, StoredRun run, Connection connection, Runnable onStuck) {
        RunConnection seen = new RunConnection(connection);
        Duration wanted = handler.options().timeout();
        Duration limit = wanted.compareTo(longest) < 0 ? wanted : longest;
        Watch watch = watchdog.watch(connection, limit, seen::end, onStuck);
        HandlerOutcome outcome = null;
        Throwable fault = null;
        try {
            outcome = Objects.requireNonNull(handler.handle(event, new Attempt(run, seen)), "outcome");
        } catch (Throwable thrown) {
            fault = thrown;
        }
        seen.end();
        return new Answer(outcome, fault, !watch.end());
    }
}
