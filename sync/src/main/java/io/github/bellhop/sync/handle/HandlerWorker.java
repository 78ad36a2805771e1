package io.github.bellhop.sync.handle;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.handle.HandlerCall.Answer;
import io.github.bellhop.sync.inbox.StoredRun;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.RunSql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs handlers, each run in a transaction of its own: claim, call, mark. The claim lasts as long as the transaction,
 * so that a worker that dies releases it, and the attempt counts as not made. What a handler wrote is rolled back
 * unless it is done in time.
 *
 * <p>{@link #runOnce()} may be called by several threads and instances at once.
 */
public final class HandlerWorker implements AutoCloseable {
    private final Database database;
    private final Handlers handlers;
    private final InstantSource clock;
    private final RunJournal journal;
    private final Watchdog watchdog;
    private final HandlerCall call;
    private final AtomicInteger turn = new AtomicInteger();

    /** A worker for these handlers on this database. */
    public HandlerWorker(Database database, Handlers handlers, Lanes lanes, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.handlers = handlers;
        this.clock = clock;
        journal = new RunJournal(database, lanes, clock, metrics);
        watchdog = new Watchdog(database);
        call = new HandlerCall(watchdog, database.dialect().longestRun());
    }

    /**
     * Claims one run that is due and runs it; of several handlers each has its turn.
     *
     * @return whether there was one
     * @throws StoreException when the store is down; the run is due still
     */
    public boolean runOnce() {
        int count = handlers.all().size();
        int first = count == 0 ? 0 : Math.floorMod(turn.getAndIncrement(), count);
        for (int i = 0; i < count; i++) {
            RegisteredHandler<?> handler = handlers.all().get((first + i) % count);
            boolean due = database.read(connection -> RunSql.isDue(connection, handler.name(), clock.millis()));
            if (due && runNext(handler)) {
                return true;
            }
        }
        return false;
    }

    /** What the transaction has claimed and found, known outside of it too. */
    private static final class Claim {
        private @Nullable StoredRun run;
        private @Nullable RunResult result;
    }

    private boolean runNext(RegisteredHandler<?> handler) {
        Claim claim = new Claim();
        try {
            boolean unused = database.inTransaction(connection -> {
                claim.run = RunSql.claim(connection, database.dialect(), handler.name(), clock.millis());
                if (claim.run != null) {
                    run(connection, handler, claim.run, claim);
                }
                return true;
            });
        } catch (RuntimeException | Error fault) {
            if (claim.run == null) {
                throw fault;
            }
            // The transaction is gone, and with it the claim: the failure is noted unless another has it by now.
            String found = claim.result == null ? null : claim.result.reason();
            journal.writeFailure(handler, claim.run, found == null ? StoreException.brief(fault) : found);
            return true;
        }
        if (claim.run != null && claim.result != null) {
            journal.tell(claim.run, claim.result);
        }
        return claim.run != null;
    }

    private void run(Connection connection, RegisteredHandler<?> handler, StoredRun run, Claim claim)
            throws SQLException {
        byte[] payload = RunSql.payload(connection, run.messageId());
        if (payload == null) {
            claim.result = RunResult.dead("payload-expired");
        } else {
            ClerkEvent event = EventParser.parse(run.messageId(), payload);
            // Its type may have been unknown when it came, or the handler's name may stand for something else by now.
            claim.result = RunResult.SKIPPED;
            if (handler.wants(event.getClass())) {
                call(connection, handler, run, event, claim);
            }
        }
        boolean unused = journal.write(connection, run, claim.result);
    }

    private void call(Connection connection, RegisteredHandler<?> handler, StoredRun run, ClerkEvent event, Claim claim)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        Answer answer = call.call(
                handler, event, run, connection, () -> journal.writeFailure(handler, run, RunJournal.TIMED_OUT));
        RunResult result = journal.resultOf(handler, run, answer);
        claim.result = result;
        if (result.kind() != RunResult.Kind.DONE) {
            // What the handler wrote goes; the claim, which is older, stays until the failure is committed.
            connection.rollback(before);
        }
    }

    /** Stops watching the runs; close when none is under way any more. */
    @Override
    public void close() {
        watchdog.close();
    }
}
