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
 * Group commit: takes what has gathered since the last transaction, writes it in one, then answers everybody who
 * waited. Threads that submit never touch the database. Where the database takes several batches at once, the next one
 * is written while the last one's commit waits for the disk.
 *
 * <p>While the store is down every message is refused at once; the writer asks for the store at intervals and takes
 * messages again as soon as it answers. How much may gather is the submitter's to bound.
 *
 * @hidden
 */
public final class BatchWriter implements Intake, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    /** How long it is believed, without any message, that messages could be written. */
    private static final Duration PROOF_INTERVAL = Duration.ofSeconds(5);

    private final Database database;
    private final MessagePreparer preparer;
    private final BatchTransaction transaction;
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong aheadBytes = new AtomicLong();
    private final ExecutorService answers;
    private final List<Thread> threads;
    private final StoreState store = new StoreState();
    private final AtomicLong provenAt = new AtomicLong(System.nanoTime());
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * A writer that is not yet running; see {@link #start()}.
     *
     * @param onFallback told when messages were left to the worker
     * @param onRuns     told when handlers are to run
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
        answers = Executors.newSingleThreadExecutor(task -> daemon(task, "bellhop-answers"));
        threads = IntStream.rangeClosed(1, database.dialect().batchesAtOnce())
                .mapToObj(number -> daemon(this::run, "bellhop-writer-" + number))
                .toList();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A message that waits; its prepared form is null while it is too much to hold for all that wait. */
    private record Pending(
            IncomingMessage message, @Nullable PreparedMessage prepared, Consumer<Receipt> answer) {
        int bytes() {
            return message.payload().length;
        }
    }

    /** Starts taking messages; the store must be open. */
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
        queue.add(new Pending(message, preparedAhead(message), answer));
        if (ended) {
            // Nobody will come for it any more.
            refuseQueued();
        }
    }

    /**
     * What is prepared takes several times the memory of its payload, so only as much as one batch is prepared by
     * the threads that submit; when more has gathered, the writer prepares the rest as it takes it.
     */
    private @Nullable PreparedMessage preparedAhead(IncomingMessage message) {
        int bytes = message.payload().length;
        if (aheadBytes.addAndGet(bytes) > settings.batchBytes()) {
            aheadBytes.addAndGet(-bytes);
            return null;
        }
        try {
            return preparer.prepare(message);
        } catch (Error fault) {
            aheadBytes.addAndGet(-bytes);
            throw fault;
        }
    }

    /** Notes that a message left the queue. */
    private Pending taken(Pending pending) {
        if (pending.prepared() != null) {
            aheadBytes.addAndGet(-pending.bytes());
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
        } catch (InterruptedException stopped) {
            log.warn("The writer was stopped before it had written all messages. They are answered 503.");
        } finally {
            ended = true;
            refuseQueued();
        }
    }

    /** Writes what has gathered. Whatever fails, those who wait are answered, and there is a next step. */
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
                rest();
            }
        } catch (RuntimeException | Error fault) {
            store.fail(fault);
            answer(batch, refused(batch.size()));
            FaultLog.warn(log, "The writer failed; it goes on", fault);
        }
    }

    private void refuseQueued() {
        List<Pending> left = new ArrayList<>();
        queue.drainTo(left);
        left.replaceAll(this::taken);
        if (!left.isEmpty()) {
            give(left, refused(left.size()));
        }
    }

    private void give(List<Pending> batch, List<Receipt> receipts) {
        try {
            answers.execute(() -> answer(batch, receipts));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            answer(batch, receipts);
        }
    }

    private void gather(Pending first, List<Pending> batch) {
        long bytes = first.bytes();
        batch.add(taken(first));
        while (batch.size() < settings.batchMessages() && bytes < settings.batchBytes()) {
            Pending next = queue.poll();
            if (next == null) {
                return;
            }
            bytes += next.bytes();
            batch.add(taken(next));
        }
    }

    private void write(List<Pending> batch) {
        List<Receipt> receipts;
        try {
            receipts = written(batch.stream().map(this::prepared).toList());
            provenAt.set(System.nanoTime());
            store.succeed();
        } catch (RuntimeException | Error fault) {
            store.fail(fault);
            receipts = refused(batch.size());
        }
        give(List.copyOf(batch), receipts);
        if (!store.isUp()) {
            refuseQueued();
        }
    }

    /**
     * Writes a batch on the calling thread, for running it by hand.
     *
     * @throws StoreException when the store is down: nothing is kept, except that after a lost commit it may be
     */
    public List<Receipt> write(Collection<IncomingMessage> batch) {
        return transaction.write(batch.stream().map(preparer::prepare).toList());
    }

    private List<Receipt> written(List<PreparedMessage> messages) {
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
                // The others must have their answers; this one's sender will come again.
                FaultLog.debug(log, "An answer could not be given", fault);
            }
        }
    }

    /** Nobody wants anything written: finds out now and then whether it could be. */
    private void rest() {
        if (!store.isUp()) {
            return;
        }
        long last = provenAt.get();
        if (System.nanoTime() - last > PROOF_INTERVAL.toNanos() && provenAt.compareAndSet(last, System.nanoTime())) {
            boolean unused = probe(false);
        }
        store.succeed();
    }

    private boolean probe(boolean thoroughly) {
        try {
            database.proveWritable(thoroughly);
            store.open();
        } catch (RuntimeException | Error down) {
            store.fail(down);
        }
        return store.isUp();
    }

    /** Takes no more messages, writes those that were taken, and answers them; waits at most 10 seconds. */
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
            answers.shutdown();
            if (!answers.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("Some answers were not given before the end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }
}
