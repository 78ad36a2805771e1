package io.github.bellhop.sync;

import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.handle.HandlerThreads;
import io.github.bellhop.sync.handle.HandlerWorker;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.handle.RunEnvironment;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.refusal.Refusals;
import io.github.bellhop.sync.retention.Retention;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.retry.Worker;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.HandlerSql;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.BatchWriter;
import io.github.bellhop.sync.write.Cascades;
import io.github.bellhop.sync.write.Lanes;
import io.github.bellhop.sync.write.MirrorWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores messages in one database, mirrors them, calls handlers, and retries failures. Safe for concurrent use; start
 * and close it once. Close the receiver first, so that every message it has accepted gets an answer.
 *
 * <p>The {@linkplain io.github.bellhop.sync package documentation} is a tour with code.
 */
public final class SyncEngine implements AutoCloseable, Intake {
    private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);
    private static final int REGISTER_ATTEMPTS = 5;
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long MAX_WAIT_MILLIS = 5_000;

    private final Database database;
    private final BatchWriter writer;
    private final Worker worker;
    private final InstantSource clock;
    private final Backlog backlog;
    private final EngineThread workerThread;
    private final Handlers handlers;
    private final HandlerWorker handlerWorker;
    private final HandlerThreads handlerThreads;
    private final Replay replay;
    private final Eraser eraser;
    private final EngineThread retention;
    private final EngineThread cascades;
    private final EngineThread indexes;
    private final Refusals refusals;
    private final EngineThread refusalsThread;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private volatile boolean open;
    private volatile boolean closing;

    /** Creates an engine without handlers; {@link #start()} starts it. */
    public SyncEngine(Database database, SyncSettings settings, MeterRegistry registry) {
        this(database, settings, Handlers.none(), registry);
    }

    /**
     * Creates an engine; {@link #start()} starts it.
     *
     * @param handlers the app's own code for events; on PostgreSQL, up to four runs are active at once, each on its own
     *                 connection
     */
    public SyncEngine(Database database, SyncSettings settings, Handlers handlers, MeterRegistry registry) {
        this(database, settings, handlers, RunEnvironment.of(database), registry);
    }

    /**
     * Creates an engine whose handlers run in the given environment.
     *
     * @param environment its transactions must belong to the same database
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
        Lanes lanes = new Lanes(database.dialect(), handlers::wanting);
        MirrorWriter mirror = new MirrorWriter(database, settings, lanes);
        worker = new Worker(database, mirror, settings, metrics, RandomGenerator.getDefault());
        clock = settings.clock();
        backlog = new Backlog(database, clock, metrics);
        workerThread = EngineThreads.worker(worker, backlog, settings.pollInterval());
        handlerWorker = new HandlerWorker(database, handlers, lanes, settings.clock(), metrics, environment);
        handlerThreads =
                new HandlerThreads(handlerWorker, environment.atOnce(), settings.pollInterval(), environment.threads());
        writer = new BatchWriter(database, mirror, settings, metrics, workerThread::wake, handlerThreads::wake);
        replay = new Replay(database, settings.clock(), lanes).expecting(settings.expectedInstanceId());
        eraser = new Eraser(database, settings.clock());
        cascades = EngineThreads.cascades(new Cascades(database), settings.pollInterval());
        indexes = EngineThreads.indexes(database);
        refusals = new Refusals(database, settings.clock(), metrics);
        refusalsThread = EngineThreads.refusals(refusals);
        retention = EngineThreads.retention(
                new Retention(database, settings.retention(), eraser, settings.clock(), metrics));
    }

    /**
     * Creates or migrates the tables and starts the engine.
     *
     * @throws StoreException if the database cannot be reached
     * @throws SchemaException if the tables cannot be created
     */
    public void start() {
        start(SchemaMode.MIGRATE);
    }

    /**
     * Migrates or checks the tables, depending on the mode, and starts the engine.
     *
     * @throws StoreException if the database cannot be reached
     * @throws SchemaException if the tables cannot be created, or are not up to date
     */
    public void start(SchemaMode mode) {
        Schema.prepare(database, mode);
        register();
        synchronized (this) {
            if (!closing) {
                writer.start();
                workerThread.start();
                retention.start();
                cascades.start();
                if (mode == SchemaMode.MIGRATE) {
                    indexes.start();
                }
                refusalsThread.start();
                if (!handlers.isEmpty()) {
                    handlerThreads.start();
                }
                open = true;
            }
        }
    }

    /** Stores the handlers' names, so that other programs, such as the command line, can list them. */
    private void register() {
        if (!handlers.isEmpty()) {
            int unused = database.inTransaction(REGISTER_ATTEMPTS, connection -> {
                HandlerSql.register(connection, handlers.names(), clock.millis());
                return 1;
            });
        }
    }

    /**
     * Returns at once, and starts the engine in the background as soon as the database can be reached. Until then,
     * every message is refused.
     *
     * @param onFailure called if the tables cannot be created, in which case the engine stops trying
     */
    public void startWhenReachable(Consumer<SchemaException> onFailure) {
        startWhenReachable(SchemaMode.MIGRATE, onFailure);
    }

    /** Like {@link #startWhenReachable(Consumer)}, with the given schema mode. */
    public void startWhenReachable(SchemaMode mode, Consumer<SchemaException> onFailure) {
        Thread thread = new Thread(() -> waitAndStart(mode, onFailure), "bellhop-start");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until the first attempt of {@link #startWhenReachable} has succeeded or failed, or until the timeout.
     * Returns at once if the thread is interrupted.
     */
    public void awaitFirstAttempt(Duration timeout) {
        try {
            boolean finished = firstAttempt.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("First attempt finished in time: {}", finished);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitAndStart(SchemaMode mode, Consumer<SchemaException> onFailure) {
        long wait = FIRST_WAIT_MILLIS;
        String logged = "";
        while (!closing) {
            try {
                start(mode);
                return;
            } catch (StoreException unreachable) {
                String description = String.valueOf(unreachable.getMessage());
                if (!description.equals(logged)) {
                    FaultLog.advise(log, "Waiting for the database", unreachable);
                    logged = description;
                }
            } catch (SchemaException failed) {
                if (!closing) {
                    onFailure.accept(failed);
                }
                return;
            } catch (RuntimeException | Error fault) {
                FaultLog.warn(log, "The engine could not be started; retrying", fault);
            } finally {
                firstAttempt.countDown();
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException interrupted) {
                return;
            }
            wait = Math.min(wait * 2, MAX_WAIT_MILLIS);
        }
    }

    @Override
    public void submit(IncomingMessage message, Consumer<Receipt> answer) {
        writer.submit(message, receipt -> {
            if (receipt != Receipt.UNAVAILABLE) {
                refusals.noteKept();
            }
            answer.accept(receipt);
        });
    }

    @Override
    public void refused(String reason) {
        refusals.note(reason);
    }

    @Override
    public boolean isReady() {
        return open && writer.isReady();
    }

    /** Returns the worker, for running it manually. */
    public Worker worker() {
        return worker;
    }

    /** Makes the worker's thread look for due messages now. */
    public void wakeWorker() {
        workerThread.wake();
    }

    /** Returns the handler worker, for running it manually. */
    public HandlerWorker handlerWorker() {
        return handlerWorker;
    }

    /** Makes the handler threads look for due runs now. */
    public void wakeHandlers() {
        handlerThreads.wake();
    }

    /** Returns the status of the handlers. */
    public HandlerStanding handlerStanding() {
        Map<String, Integer> stuck = new TreeMap<>();
        handlers.names().forEach(name -> stuck.put(name, handlerWorker.stuck(name)));
        stuck.values().removeIf(count -> count == 0);
        return new HandlerStanding(
                backlog.runs().waiting(),
                backlog.runs().failing(),
                backlog.runsDead(),
                backlog.runs().oldest(),
                stuck);
    }

    /** Returns the API for replaying stored messages. */
    public Replay replay() {
        return replay;
    }

    /** Returns the API for erasing people's data. */
    public Eraser eraser() {
        return eraser;
    }

    /** Returns the engine's database. */
    public Database database() {
        return database;
    }

    /**
     * Writes the accepted messages and answers them, stops all threads, and cancels a running migration. The database
     * stays open.
     */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        database.cancelMigration();
        if (open) {
            writer.close();
            workerThread.close();
            indexes.close();
            retention.close();
            cascades.close();
            refusalsThread.close();
            handlerThreads.close();
        }
    }
}
