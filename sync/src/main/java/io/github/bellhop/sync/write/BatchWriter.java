package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.MessagePreparer;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages with group commit: collects the messages submitted since the last transaction, writes them in one
 * transaction, and then answers all of them. Submitting threads never use the database. If the database supports
 * concurrent batches, the next batch is written while the commit of the previous one waits for the disk.
 *
 * <p>While the store is down, every message is refused immediately. The writer probes the store at intervals and
 * accepts messages again as soon as the store responds. The submitter must limit the size of the queue.
 *
 * @hidden
 */
public final class BatchWriter implements Intake, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    /** How often to check that messages can be written while none are submitted. */
    private static final Duration IDLE_PROBE_INTERVAL = Duration.ofSeconds(5);

    private final Database database;
    private final MessagePreparer preparer;
    private final BatchTransaction transaction;
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong preparedBytes = new AtomicLong();
    private final ExecutorService answerThread;
    private final List<Thread> threads;
    private final StoreState store = new StoreState();
    private final AtomicLong lastSuccessNanos = new AtomicLong(System.nanoTime());
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * Creates a writer; {@link #start()} starts it.
     *
     * @param onFallback called after messages have been left to the worker
     * @param onRuns     called after handler runs have been added
     */
    public BatchWriter(
            Database database,
            MirrorWriter mirror,
            SyncSettings settings,
            SyncMetrics metrics,
            Runnable onFallback,
            Runnable onRuns) {
        this.database = database;
        this.settings = settings;
        this.metrics = metrics;
        preparer = new MessagePreparer(settings.mirror(), settings.expectedInstanceId());
        transaction = new BatchTransaction(database, mirror, metrics, settings.clock(), onFallback, onRuns);
        answerThread = Executors.newSingleThreadExecutor(task -> daemon(task, "bellhop-answers"));
        threads = IntStream.rangeClosed(1, database.dialect().batchesAtOnce())
                .mapToObj(number -> daemon(this::run, "bellhop-writer-" + number))
                .toList();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A queued message. Its prepared form is null if preparing it in advance would have taken too much memory. */
    private record Pending(
            IncomingMessage message, @Nullable PreparedMessage prepared, Consumer<Receipt> answer) {
        int bytes() {
            return message.payload().length;
        }
    }

    /** Starts accepting messages; the store must be open. */
    public void start() {
        store.open();
        threads.forEach(Thread::start);
    }

    @Override
    public boolean isReady() {
        return store.isUp() && !closing && !ended;
    }

    @Override
    public void submit(IncomingMessage message, Consumer<Receipt> answer) {
        if (!isReady()) {
            answer.accept(Receipt.UNAVAILABLE);
            return;
        }
        queue.add(new Pending(message, prepareAhead(message), answer));
        if (ended) {
            // No thread reads the queue any more.
            refuseQueued();
        }
    }

    /**
     * A prepared message needs several times the memory of its payload. Submitting threads therefore prepare at most
     * one batch in advance; the writer prepares the rest when it takes them from the queue.
     */
    private @Nullable PreparedMessage prepareAhead(IncomingMessage message) {
        int bytes = message.payload().length;
        if (preparedBytes.addAndGet(bytes) > settings.batchBytes()) {
            preparedBytes.addAndGet(-bytes);
            return null;
        }
        try {
            return preparer.prepare(message);
        } catch (Error fault) {
            preparedBytes.addAndGet(-bytes);
            throw fault;
        }
    }

    /** Updates the total size of the prepared messages after one has left the queue. */
    private Pending dequeued(Pending pending) {
        if (pending.prepared() != null) {
            preparedBytes.addAndGet(-pending.bytes());
        }
        return pending;
    }

    private PreparedMessage prepared(Pending pending) {
        return pending.prepared() != null ? pending.prepared() : preparer.prepare(pending.message());
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                step();
            }
        } catch (InterruptedException interrupted) {
            log.warn("The writer was stopped before it could write all messages. The remaining deliveries are answered"
                    + " with 503.");
        } finally {
            ended = true;
            refuseQueued();
        }
    }

    /**
     * Writes the queued messages. Answers all of them even after a fault, and never throws, so that the next step
     * always runs.
     */
    private void step() throws InterruptedException {
        List<Pending> batch = new ArrayList<>();
        try {
            if (!store.isUp() && !probe(true)) {
                refuseQueued();
            }
            Pending first = queue.poll(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                gather(first, batch);
                write(batch);
            } else if (!closing) {
                probeWhenIdle();
            }
        } catch (RuntimeException | Error fault) {
            store.fail(fault);
            answer(batch, refused(batch.size()));
            FaultLog.warn(log, "The writer failed and continues", fault);
        }
    }

    private void refuseQueued() {
        List<Pending> queued = new ArrayList<>();
        queue.drainTo(queued);
        queued.replaceAll(this::dequeued);
        if (!queued.isEmpty()) {
            answerAsync(queued, refused(queued.size()));
        }
    }

    private void answerAsync(List<Pending> batch, List<Receipt> receipts) {
        try {
            answerThread.execute(() -> answer(batch, receipts));
        } catch (RejectedExecutionException | OutOfMemoryError rejected) {
            answer(batch, receipts);
        }
    }

    private void gather(Pending first, List<Pending> batch) {
        long bytes = first.bytes();
        batch.add(dequeued(first));
        while (batch.size() < settings.batchMessages() && bytes < settings.batchBytes()) {
            Pending next = queue.poll();
            if (next == null) {
                return;
            }
            bytes += next.bytes();
            batch.add(dequeued(next));
        }
    }

    private void write(List<Pending> batch) {
        List<Receipt> receipts;
        try {
            receipts = writeTimed(batch.stream().map(this::prepared).toList());
            lastSuccessNanos.set(System.nanoTime());
            store.succeed();
        } catch (RuntimeException | Error fault) {
            store.fail(fault);
            receipts = refused(batch.size());
        }
        answerAsync(List.copyOf(batch), receipts);
        if (!store.isUp()) {
            refuseQueued();
        }
    }

    /**
     * Writes a batch on the calling thread.
     *
     * @throws StoreException if the store is down. Nothing is stored, unless the connection was lost during the commit;
     *     in that case, the batch may have been stored
     */
    public List<Receipt> write(Collection<IncomingMessage> batch) {
        return transaction.write(batch.stream().map(preparer::prepare).toList());
    }

    private List<Receipt> writeTimed(List<PreparedMessage> messages) {
        List<Receipt> receipts = new ArrayList<>(messages.size());
        metrics.recordBatch(messages.size(), () -> receipts.addAll(transaction.write(messages)));
        return receipts;
    }

    private static List<Receipt> refused(int count) {
        return Collections.nCopies(count, Receipt.UNAVAILABLE);
    }

    private static void answer(List<Pending> batch, List<Receipt> receipts) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                batch.get(i).answer().accept(receipts.get(i));
            } catch (RuntimeException | Error fault) {
                // The other messages must still be answered. The sender of this message will retry.
                FaultLog.debug(log, "A delivery could not be answered", fault);
            }
        }
    }

    /** Checks at intervals whether messages could be written while none are queued. */
    private void probeWhenIdle() {
        if (!store.isUp()) {
            return;
        }
        long last = lastSuccessNanos.get();
        if (System.nanoTime() - last > IDLE_PROBE_INTERVAL.toNanos()
                && lastSuccessNanos.compareAndSet(last, System.nanoTime())) {
            boolean unused = probe(false);
        }
        store.succeed();
    }

    private boolean probe(boolean thoroughly) {
        try {
            database.proveWritable(thoroughly);
            store.open();
        } catch (RuntimeException | Error fault) {
            store.fail(fault);
        }
        return store.isUp();
    }

    /** Stops accepting messages, then writes and answers the queued ones. Waits at most 10 seconds. */
    @Override
    public void close() {
        close(CLOSE_WAIT);
    }

    void close(Duration wait) {
        closing = true;
        try {
            long end = System.nanoTime() + wait.toNanos();
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
            answerThread.shutdown();
            if (!answerThread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("Some deliveries were not answered before shutdown");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }
}
