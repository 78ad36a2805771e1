package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import io.github.bellhop.sync.handle.Watchdog.Watch;
import io.github.bellhop.sync.inbox.StoredRun;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.RunSql;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run, from its claim to the note about it. It calls the app's code, from which anything may come: a value, an
 * exception, an error, or nothing for too long. What it has claimed and found is known after its transaction too.
 * Confined to the thread that runs it.
 */
final class RunSteps implements RunTransactions.Steps {
    private final RegisteredHandler<?> handler;
    private final Dialect dialect;
    private final InstantSource clock;
    private final RunJournal journal;
    private final Watchdog watchdog;
    private final ObservationRegistry observations;
    private @Nullable StoredRun run;
    private @Nullable RunResult result;
    private @Nullable Watch watch;
    private @Nullable RunObservation observation;

    RunSteps(
            RegisteredHandler<?> handler,
            Dialect dialect,
            InstantSource clock,
            RunJournal journal,
            Watchdog watchdog,
            ObservationRegistry observations) {
        this.handler = handler;
        this.dialect = dialect;
        this.clock = clock;
        this.journal = journal;
        this.watchdog = watchdog;
        this.observations = observations;
    }

    /** What was claimed; null when nothing was. */
    @Nullable
    StoredRun run() {
        return run;
    }

    /** What was found; null when it did not come to that. */
    @Nullable
    RunResult result() {
        return result;
    }

    /** How long the handler may take. */
    Duration limit() {
        Duration wanted = handler.options().timeout();
        Duration longest = dialect.longestRun();
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    @Override
    public boolean claim(Connection connection) throws SQLException {
        run = RunSql.claim(connection, dialect, handler.name(), clock.millis());
        return run != null;
    }

    @Override
    public boolean call(Connection connection, Runnable settle) throws SQLException {
        StoredRun claimed = Objects.requireNonNull(run, "run");
        byte[] payload = RunSql.payload(connection, claimed.messageId());
        if (payload == null) {
            result = RunResult.dead("payload-expired");
            return true;
        }
        ClerkEvent event = EventParser.parse(claimed.messageId(), payload);
        if (!handler.wants(event.getClass())) {
            // Its type may have been unknown when it came, or the handler's name may stand for something else by now.
            result = RunResult.SKIPPED;
            return true;
        }
        result = handle(connection, claimed, event, settle);
        return result.kind() == RunResult.Kind.DONE;
    }

    private RunResult handle(Connection connection, StoredRun claimed, ClerkEvent event, Runnable settle) {
        RunObservation shown = RunObservation.start(observations, claimed, event);
        observation = shown;
        RunConnection seen = new RunConnection(connection);
        Watch watching = watchdog.watch(
                connection, limit(), seen::end, () -> journal.writeFailure(handler, claimed, RunJournal.TIMED_OUT));
        watch = watching;
        HandlerOutcome outcome = null;
        Throwable fault = null;
        try {
            HandlerOutcome returned =
                    Objects.requireNonNull(handler.handle(event, new Attempt(claimed, seen)), "outcome");
            if (returned instanceof HandlerOutcome.Done) {
                settle.run();
            }
            outcome = returned;
        } catch (Throwable thrown) {
            fault = thrown;
            shown.failed(thrown);
        }
        seen.end();
        // One that is done is watched on, until there is nothing more to come but the commit.
        boolean late = outcome instanceof HandlerOutcome.Done ? watching.isLate() : !watching.end();
        return journal.resultOf(handler, claimed, outcome, fault, late);
    }

    @Override
    public void note(Connection connection) throws SQLException {
        StoredRun claimed = Objects.requireNonNull(run, "run");
        RunResult found = Objects.requireNonNull(result, "result");
        if (!endWatch() && found.kind() == RunResult.Kind.DONE) {
            result = journal.failure(handler, claimed, RunJournal.TIMED_OUT);
            throw new IllegalStateException("The run took too long, so nothing of it is committed.");
        }
        boolean unused = journal.write(connection, claimed, found);
    }

    private boolean endWatch() {
        return watch == null || watch.end();
    }

    /** The transaction was lost: with it the claim, and all that was found. */
    void lost(Throwable fault) {
        boolean unused = endWatch();
        if (observation != null) {
            observation.failed(fault);
        }
    }

    /** It is over, and this became of it. */
    void end(String outcome) {
        if (observation != null) {
            observation.end(outcome);
        }
    }
}
