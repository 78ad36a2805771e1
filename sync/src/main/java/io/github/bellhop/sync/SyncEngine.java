package io.github.bellhop.sync;

import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.handle.HandlerThreads;
import io.github.bellhop.sync.handle.HandlerWorker;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.handle.RunEnvironment;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.mend.Backlog;
import io.github.bellhop.sync.mend.Replay;
import io.github.bellhop.sync.mend.Worker;
import io.github.bellhop.sync.mend.WorkerThread;
import io.github.bellhop.sync.mirror.Projector;
import io.github.bellhop.sync.retention.Retention;
import io.github.bellhop.sync.retention.RetentionThread;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.BatchTransaction;
import io.github.bellhop.sync.write.BatchWriter;
import io.github.bellhop.sync.write.MessagePreparer;
import io.github.bellhop.sync.write.MirrorWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine on one database: it keeps messages, mirrors them, hands them on, and mends what failed. Safe for concurrent use; start
 * once, close once. Close the receiver first, so that what it took is still answered.
 */
public final class SyncEngine implements AutoCloseable, Intake {
    private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final Database database;
    private final BatchWriter writer;
    private final Worker worker;
    private final WorkerThread workerThread;
    private final Handlers handlers;
    private final HandlerWorker handlerWorker;
    private final HandlerThreads handlerThreads;
    private final Replay replay;
    private final Eraser eraser;
    private final RetentionThread retention;
    private volatile boolean open;
    private volatile boolean closing;

    /** An engine without handlers that is not yet running. */
    public SyncEngine(Database database, SyncSettings settings, MeterRegistry registry) {
        this(database, settings, Handlers.none(), registry);
    }

    /**
     * An engine that is not yet running.
     *
     * @param handlers the app's own code for events; on PostgreSQL each of the four runs that may be under way at once
     *     has a connection of its own
     */
    public SyncEngine(Database database, SyncSettings settings, Handlers handlers, MeterRegistry registry) {
        this(database, settings, handlers, RunEnvironment.of(database), registry);
    }

    /**
     * The same, whose handlers run in other surroundings.
     *
     * @param environment its transactions must be of the same database
     */
    public SyncEngine(
            Database database,
            SyncSettings settings,
            Handlers handlers,
            RunEnvironment environment,
            MeterRegistry registry) {
        this.database = database;
        this.handlers = handlers;
        SyncMetrics metrics = new SyncMetrics(registry);
        Projector projector = new Projector(settings.mirror());
        Lanes lanes = new Lanes(database.dialect(), handlers::wanting);
        MirrorWriter mirror =
                new MirrorWriter(database.dialect(), settings.mirror().deletes(), lanes);
        MessagePreparer preparer = new MessagePreparer(projector, settings.expectedInstanceId());
        worker = new Worker(database, preparer, mirror, settings, metrics, RandomGenerator.getDefault());
        workerThread =
                new WorkerThread(worker, new Backlog(database, settings.clock(), metrics), settings.pollInterval());
        handlerWorker = new HandlerWorker(database, handlers, lanes, settings.clock(), metrics, environment);
        handlerThreads =
                new HandlerThreads(handlerWorker, environment.atOnce(), settings.pollInterval(), environment.threads());
        BatchTransaction transaction = new BatchTransaction(
                database, mirror, metrics, settings.clock(), workerThread::wake, handlerThreads::wake);
        writer = new BatchWriter(preparer, transaction, settings, metrics);
        replay = new Replay(database, settings.clock(), lanes);
        eraser = new Eraser(database, settings.clock());
        retention = new RetentionThread(
                pause -> new Retention(database, settings.retention(), eraser, settings.clock(), metrics, pause));
    }

    /**
     * Brings the tables up to date and starts.
     *
     * @throws StoreException when the database cannot be reached
     * @throws SchemaException when the tables cannot be made
     */
    public void start() {
        start(SchemaMode.MIGRATE);
    }

    /**
     * Does about the tables what the mode says, and starts.
     *
     * @throws StoreException when the database cannot be reached
     * @throws SchemaException when the tables cannot be made, or are not up to date
     */
    public void start(SchemaMode mode) {
        Schema.prepare(database, mode);
        synchronized (this) {
            if (!closing) {
                writer.start();
                workerThread.start();
                retention.start();
                if (!handlers.isEmpty()) {
                    handlerThreads.start();
                }
                open = true;
            }
        }
    }

    /**
     * Starts as soon as the database can be reached; returns at once. Until then every message is refused.
     *
     * @param onFailure told when the tables cannot be made, which no waiting mends
     */
    public void startWhenReachable(Consumer<SchemaException> onFailure) {
        startWhenReachable(SchemaMode.MIGRATE, onFailure);
    }

    /** The same, with another thing done about the tables. */
    public void startWhenReachable(SchemaMode mode, Consumer<SchemaException> onFailure) {
        Thread thread = new Thread(() -> waitAndStart(mode, onFailure), "bellhop-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void waitAndStart(SchemaMode mode, Consumer<SchemaException> onFailure) {
        long wait = FIRST_WAIT_MILLIS;
        while (!closing) {
            try {
                start(mode);
                return;
            } catch (StoreException unreachable) {
                log.warn("Waiting for the database: {}", unreachable.getMessage());
            } catch (SchemaException failed) {
                onFailure.accept(failed);
                return;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException stopped) {
                return;
            }
            wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
        }
    }

    @Override
    public void submit(IncomingMessage message, Consumer<Receipt> answer) {
        writer.submit(message, answer);
    }

    @Override
    public boolean isReady() {
        return open && writer.isReady();
    }

    /** The worker, for running it by hand. */
    public Worker worker() {
        return worker;
    }

    /** Has the worker's thread look for due messages now. */
    public void wakeWorker() {
        workerThread.wake();
    }

    /** The worker of the handlers, for running it by hand. */
    public HandlerWorker handlerWorker() {
        return handlerWorker;
    }

    /** Has the handlers' threads look for due runs now. */
    public void wakeHandlers() {
        handlerThreads.wake();
    }

    /** Applies stored messages again. */
    public Replay replay() {
        return replay;
    }

    /** Erases people. */
    public Eraser eraser() {
        return eraser;
    }

    /** The database it works on. */
    public Database database() {
        return database;
    }

    /** Writes and answers what was taken, ends the worker; the database stays open. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        if (open) {
            writer.close();
            workerThread.close();
            retention.close();
            handlerThreads.close();
        }
    }
}
