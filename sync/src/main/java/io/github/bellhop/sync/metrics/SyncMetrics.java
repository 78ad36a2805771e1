package io.github.bellhop.sync.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the engine counts. Safe for concurrent use.
 *
 * @hidden
 */
public final class SyncMetrics {
    private final MeterRegistry registry;
    private final Map<String, Counter> messages = new ConcurrentHashMap<>();
    private final Counter fallbacks;
    private final Counter lockWaits;
    private final Counter held;
    private final Counter misfits;
    private final Counter duplicates;
    private final DistributionSummary batchSizes;
    private final Timer batchTimes;

    /** Metrics in the given registry. */
    public SyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        fallbacks = counter(
                "bellhop.batch.fallback", "Batches that were stored without being mirrored, for the worker to retry");
        lockWaits = counter("bellhop.batch.lock.waits", "Batches that waited in vain for another transaction's lock");
        held = counter(
                "bellhop.messages.held",
                "Messages that were kept for the worker since another transaction held what they need");
        misfits = counter("bellhop.mirror.misfits", "Values that did not fit their column and became null");
        duplicates = counter("bellhop.messages.duplicate", "Deliveries of messages that were kept before");
        batchSizes = DistributionSummary.builder("bellhop.batch.size")
                .description("Messages per transaction of the writer")
                .register(registry);
        batchTimes = Timer.builder("bellhop.batch.time")
                .description("Time from the start of a transaction of the writer to the end of its commit")
                .register(registry);
    }

    /** A batch fell back to being kept only. */
    public void countFallback() {
        fallbacks.increment();
    }

    /** A batch waited in vain for a lock. */
    public void countLockWait() {
        lockWaits.increment();
    }

    /** Messages were left to the worker since somebody held what they need. */
    public void countHeld(int count) {
        held.increment(count);
    }

    /** Values became null because they did not fit. */
    public void countMisfits(int count) {
        if (count > 0) {
            misfits.increment(count);
        }
    }

    /** A known message came again. */
    public void countDuplicate() {
        duplicates.increment();
    }

    /** A new message reached a state. */
    public void countMessage(String state) {
        messages.computeIfAbsent(
                        state,
                        name -> counter("bellhop.messages", "New messages, by the state they reached", "state", name))
                .increment();
    }

    /** An attempt of the worker ended. */
    public void countAttempt(String outcome) {
        counter("bellhop.attempts", "Attempts of the worker, by what became of them", "outcome", outcome)
                .increment();
    }

    /** An attempt of a handler ended. */
    public void countRun(String handler, String outcome) {
        counter(
                        "bellhop.handler.runs",
                        "Attempts of handlers, by what became of them",
                        "handler",
                        handler,
                        "outcome",
                        outcome)
                .increment();
    }

    /** Somebody asked for an entity that was not mirrored. */
    public void countFetch(String outcome) {
        counter(
                        "bellhop.fetches",
                        "Calls of getOrFetch that found nothing whole, by what became of them",
                        "outcome",
                        outcome)
                .increment();
    }

    /** A duty of the retention cleared something. */
    public void countCleared(String duty, int count) {
        counter("bellhop.retention.cleared", "Things that the retention cleared, by its duty", "duty", duty)
                .increment(count);
    }

    /** A duty of the retention failed. */
    public void countRetentionFailure(String duty) {
        counter("bellhop.retention.failed", "Failures of the retention, by its duty", "duty", duty)
                .increment();
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** A transaction of the writer was committed. */
    public void recordBatch(int messages, Runnable transaction) {
        batchTimes.record(transaction);
        batchSizes.record(messages);
    }

    /** Registers a number that is read when somebody asks; tags tell several of one name apart. */
    public void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }
}
