package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import io.github.bellhop.sync.handle.ActiveCalls.Admission;
import io.github.bellhop.sync.handle.RunResult.Failure;
import io.github.bellhop.sync.handle.RunTransactions.Transaction;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.LongWork;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes runs: claims a run, calls its handler, determines the result, and writes it in the handler's transaction, or
 * in a new one if the handler's is lost. Thread-safe.
 */
final class HandlerRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandlerRunner.class);

    private final Database database;
    private final InstantSource clock;
    private final RunEnvironment environment;
    private final RunJournal journal;
    private final ActiveCalls calls = new ActiveCalls();
    private final Watchdog watchdog = new Watchdog();

    HandlerRunner(Database database, InstantSource clock, RunEnvironment environment, RunJournal journal) {
        this.database = database;
        this.clock = clock;
        this.environment = environment;
        this.journal = journal;
    }

    /** Returns the handler calls that have not returned. */
    ActiveCalls calls() {
        return calls;
    }

    /**
     * Executes one due run of a handler.
     *
     * @return false if no run could be claimed
     * @throws StoreException if the store is down; the run stays due
     */
    boolean runNext(Handlers.Registered<?> handler) {
        Duration wanted = handler.options().timeout();
        Duration longest = database.dialect().longestRun();
        Duration limit = wanted.compareTo(longest) < 0 ? wanted : longest;
        return environment.transactions().run(limit, transaction -> runNext(handler, limit, transaction));
    }

    private boolean runNext(Handlers.Registered<?> handler, Duration limit, Transaction transaction) {
        // The driver must not time out the handler's statements; the server and the watchdog enforce the limit.
        try (LongWork patience = transaction.on(connection -> database.allow(connection, limit))) {
            Optional<ClaimedRun> claimed = transaction.on(connection -> RunSql.claim(
                    connection, database.dialect(), handler, clock.millis(), calls.claimable(handler.name())));
            Admission admission = claimed.map(run -> calls.begin(run.run())).orElse(Admission.TAKEN);
            if (admission == Admission.TAKEN) {
                return false;
            }
            ClaimedRun run = claimed.get();
            try {
                new Execution(run, limit, transaction, patience).execute(admission == Admission.STUCK);
            } finally {
                if (admission == Admission.FREE && calls.end(run.run())) {
                    log.warn("{}: the stuck call has returned; its thread ends", run);
                }
            }
            return true;
        }
    }

    /** One attempt of a claimed run. Confined to its thread. */
    private final class Execution {
        private final Transaction transaction;
        private final LongWork patience;
        private final RunWatch watch;
        private final RunObservation observation = new RunObservation();

        /** Includes the message's type and entity id once the message is read. */
        private ClaimedRun run;

        Execution(ClaimedRun run, Duration limit, Transaction transaction, LongWork patience) {
            this.run = run;
            this.transaction = transaction;
            this.patience = patience;
            watch = new RunWatch(watchdog, limit);
        }

        void execute(boolean stuck) {
            String outcome = RunResult.FAILED;
            try {
                Savepoint savepoint = transaction.on(Connection::setSavepoint);
                outcome = write(result(stuck), savepoint);
            } finally {
                boolean unused = watch.end();
                observation.end(outcome);
            }
        }

        private RunResult result(boolean stuck) {
            try {
                Optional<StoredMessage> message = transaction.on(
                        connection -> InboxSql.stored(connection, run.run().messageId()));
                byte[] payload = message.map(StoredMessage::payload).orElse(null);
                run = message.map(known -> run.of(known.about())).orElse(run);
                if (stuck) {
                    return journal.failed(
                            run,
                            new Failure(
                                    RunResult.TIMED_OUT, "The call of an earlier attempt has not returned yet.", null));
                }
                if (payload == null) {
                    return RunResult.dead("payload-expired");
                }
                ClerkEvent event = EventParser.parse(run.run().messageId(), payload);
                // The type may have been unknown on receipt, or the handler's name may now belong to another handler.
                return run.handler().wants(event.getClass()) ? call(event) : new RunResult.Done("skipped");
            } catch (RuntimeException | Error fault) {
                return journal.failed(run, journal.failure(fault));
            }
        }

        private RunResult call(ClerkEvent event) {
            observation.start(environment.observations(), run.run(), event);
            Attempt attempt = transaction.on(connection -> new Attempt(run.run(), connection));
            watch.begin(new RunTermination(database, journal, calls, run, attempt));
            RunResult result = resultOf(event, attempt);
            attempt.end();
            // A successful run is watched until only its commit is left.
            boolean late = result.isDone() ? watch.isLate() : !watch.end();
            return late ? journal.failed(run, watch.timeout()) : result;
        }

        /** Calls the app's code, which may return an outcome, throw anything, or take too long. */
        private RunResult resultOf(ClerkEvent event, Attempt attempt) {
            try {
                HandlerOutcome outcome = Objects.requireNonNull(run.handler().handle(event, attempt), "outcome");
                if (outcome instanceof HandlerOutcome.Done) {
                    transaction.settle();
                }
                return journal.resultOf(outcome);
            } catch (Throwable thrown) {
                observation.failed(thrown);
                return journal.failed(run, journal.failure(thrown));
            }
        }

        /** Writes the result and returns the outcome's name in the metrics. */
        private String write(RunResult result, Savepoint savepoint) {
            try {
                boolean unused = transaction.on(connection -> {
                    if (!result.isDone()) {
                        connection.rollback(savepoint);
                    }
                    // PostgreSQL would be slow to skip a row that was locked before a savepoint and deleted within it.
                    connection.releaseSavepoint(savepoint);
                    return true;
                });
                if (result.isDone()) {
                    transaction.commit(connection -> record(connection, result));
                } else {
                    transaction.commitFailed(connection -> record(connection, result));
                }
            } catch (RuntimeException | Error fault) {
                return writeLost(result, fault);
            }
            journal.report(run, result);
            return result.metric();
        }

        private boolean record(Connection connection, RunResult result) throws SQLException {
            if (!watch.end() && result.isDone()) {
                throw new IllegalStateException("The run timed out, so nothing of it is committed.");
            }
            boolean written = journal.write(connection, run, result);
            patience.close();
            return written;
        }

        /** Records the failure after the transaction and its claim were lost, unless another thread has recorded it. */
        private String writeLost(RunResult result, Throwable fault) {
            transaction.rollBack();
            boolean inTime = watch.end();
            observation.failed(fault);
            if (watch.isRecorded()) {
                return RunResult.TIMED_OUT;
            }
            Failure failure = result.failure().orElseGet(() -> inTime ? journal.failure(fault) : watch.timeout());
            journal.writeFailure(run, failure);
            return failure.metric();
        }
    }

    /** Stops the watchdog. Call this only when no run is active. */
    @Override
    public void close() {
        watchdog.close();
    }
}
