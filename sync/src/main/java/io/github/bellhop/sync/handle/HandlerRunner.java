package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import io.github.bellhop.sync.handle.CallsUnderWay.Begun;
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
 * Executes runs: claims one, calls its handler, decides the result, and writes it in the handler's own transaction, or in
 * another one if that is lost. Thread-safe.
 */
final class HandlerRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandlerRunner.class);

    private final Database database;
    private final InstantSource clock;
    private final RunEnvironment environment;
    private final RunJournal journal;
    private final CallsUnderWay calls = new CallsUnderWay();
    private final Watchdog watchdog = new Watchdog();

    HandlerRunner(Database database, InstantSource clock, RunEnvironment environment, RunJournal journal) {
        this.database = database;
        this.clock = clock;
        this.environment = environment;
        this.journal = journal;
    }

    /** The calls that have not returned. */
    CallsUnderWay calls() {
        return calls;
    }

    /**
     * Executes one run of a handler that is due.
     *
     * @return false when none could be claimed
     * @throws StoreException when the store is down; the run is due still
     */
    boolean runNext(Handlers.Registered<?> handler) {
        Duration wanted = handler.options().timeout();
        Duration longest = database.dialect().longestRun();
        Duration limit = wanted.compareTo(longest) < 0 ? wanted : longest;
        return environment.transactions().run(limit, transaction -> runNext(handler, limit, transaction));
    }

    private boolean runNext(Handlers.Registered<?> handler, Duration limit, Transaction transaction) {
        // The driver must not break off what the handler may wait for; the server ends it, and so does the watchdog.
        try (LongWork patience = transaction.on(connection -> database.allow(connection, limit))) {
            Optional<ClaimedRun> claimed = transaction.on(connection -> RunSql.claim(
                    connection, database.dialect(), handler, clock.millis(), calls.claimable(handler.name())));
            Begun begun = claimed.map(run -> calls.begin(run.run())).orElse(Begun.TAKEN);
            if (begun == Begun.TAKEN) {
                return false;
            }
            ClaimedRun run = claimed.get();
            try {
                new Execution(run, limit, transaction, patience).execute(begun == Begun.STUCK);
            } finally {
                if (begun == Begun.FREE && calls.end(run.run())) {
                    log.warn("{}: the call that was stuck has returned; its thread ends", run);
                }
            }
            return true;
        }
    }

    /** A run that is claimed. Confined to its thread. */
    private final class Execution {
        private final Transaction transaction;
        private final LongWork patience;
        private final RunWatch watch;
        private final RunObservation observation = new RunObservation();

        /** Also says what the message is about once that is read. */
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
                Savepoint claimed = transaction.on(Connection::setSavepoint);
                outcome = write(result(stuck), claimed);
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
                // Its type may have been unknown on receipt, or the handler's name may mean another handler by now.
                return run.handler().wants(event.getClass()) ? call(event) : new RunResult.Done("skipped");
            } catch (RuntimeException | Error fault) {
                return journal.failed(run, journal.failure(fault));
            }
        }

        private RunResult call(ClerkEvent event) {
            observation.start(environment.observations(), run.run(), event);
            Attempt attempt = transaction.on(connection -> new Attempt(run.run(), connection));
            watch.begin(new RunEnding(database, journal, calls, run, attempt));
            RunResult result = resultOf(event, attempt);
            attempt.end();
            // A run that is done is watched until only its commit is left.
            boolean late = result.isDone() ? watch.isLate() : !watch.end();
            return late ? journal.failed(run, watch.timeout()) : result;
        }

        /** Anything may come from the app's code: a value, an exception, an error, or nothing for too long. */
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

        /** Returns the outcome as metrics name it. */
        private String write(RunResult result, Savepoint claimed) {
            try {
                boolean unused = transaction.on(connection -> {
                    if (!result.isDone()) {
                        connection.rollback(claimed);
                    }
                    // PostgreSQL could not soon pass over a row that was locked before a savepoint and deleted in it.
                    connection.releaseSavepoint(claimed);
                    return true;
                });
                if (result.isDone()) {
                    transaction.commit(connection -> note(connection, result));
                } else {
                    transaction.commitFailed(connection -> note(connection, result));
                }
            } catch (RuntimeException | Error fault) {
                return writeLost(result, fault);
            }
            journal.tell(run, result);
            return result.metric();
        }

        private boolean note(Connection connection, RunResult result) throws SQLException {
            if (!watch.end() && result.isDone()) {
                throw new IllegalStateException("The run took too long, so nothing of it is committed.");
            }
            boolean written = journal.write(connection, run, result);
            patience.close();
            return written;
        }

        /** The transaction is lost, and with it the claim: the failure is noted unless another thread has noted it. */
        private String writeLost(RunResult result, Throwable fault) {
            transaction.rollBack();
            boolean inTime = watch.end();
            observation.failed(fault);
            if (watch.isNoted()) {
                return RunResult.TIMED_OUT;
            }
            Failure failure = result.failure().orElseGet(() -> inTime ? journal.failure(fault) : watch.timeout());
            journal.writeFailure(run, failure);
            return failure.metric();
        }
    }

    /** Stops watching the runs; close when none is under way any more. */
    @Override
    public void close() {
        watchdog.close();
    }
}
