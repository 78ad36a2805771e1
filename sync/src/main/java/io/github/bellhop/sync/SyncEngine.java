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
 * The engine on one database: it stores messages, mirrors them, calls handlers, and retries what failed. Safe for concurrent use; start
 * once, close once. Close the receiver first, so that what it took is still answered.
 */
public final class SyncEngine implements AutoCloseable, Intake {
    private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);
    private static final int REGISTER_ATTEMPTS = 5;
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

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

    /** Other programs, such as the command line, know the handlers by that. */
    private void register() {
        if (!handlers.isEmpty()) {
            int unused = database.inTransaction(REGISTER_ATTEMPTS, connection -> {
                HandlerSql.register(connection, handlers.names(), clock.millis());
                return 1;
            });
        }
    }

    /**
     * Starts as soon as the database can be reached; returns at once. Until then every message is refused.
     *
     * @param onFailure called when the tables cannot be created and waiting does not help
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

    /**
     * Waits until the first attempt of {@link #startWhenReachable} has succeeded or failed; returns at once when the
     * thread is interrupted.
     */
    public void awaitFirstAttempt(Duration longest) {
        try {
            boolean over = firstAttempt.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("The first attempt is over: {}", over);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitAndStart(SchemaMode mode, Consumer<SchemaException> onFailure) {
        long wait = FIRST_WAIT_MILLIS;
        String told = "";
        while (!closing) {
            try {
                start(mode);
                return;
            } catch (StoreException unreachable) {
                String words = String.valueOf(unreachable.getMessage());
                if (!words.equals(told)) {
                    FaultLog.advise(log, "Waiting for the database", unreachable);
                    told = words;
                }
            } catch (SchemaException failed) {
                if (!closing) {
                    onFailure.accept(failed);
                }
                return;
            } catch (RuntimeException | Error fault) {
                FaultLog.warn(log, "The engine could not be started; it is tried again", fault);
            } finally {
                firstAttempt.countDown();
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

    /** How the handlers stand. */
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

    /** Writes and answers what was taken, ends the worker, cancels a migration; the database stays open. */
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
