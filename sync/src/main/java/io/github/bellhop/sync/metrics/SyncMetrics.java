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
 * The engine's metrics. Safe for concurrent use.
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

    /** Creates the metrics in the given registry. */
    public SyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        fallbacks = counter("bellhop.batch.fallback", "Batches stored without being mirrored, for the worker to retry");
        lockWaits = counter("bellhop.batch.lock.waits", "Batches that timed out waiting for a lock");
        held = counter(
                "bellhop.messages.held",
                "Messages left to the worker because another transaction locked the rows they need");
        misfits = counter("bellhop.mirror.misfits", "Values that did not fit their column and became null");
        duplicates = counter("bellhop.messages.duplicate", "Deliveries of messages that were already stored");
        batchSizes = DistributionSummary.builder("bellhop.batch.size")
                .description("Messages per transaction of the writer")
                .register(registry);
        batchTimes = Timer.builder("bellhop.batch.time")
                .description("Time from the start of a transaction of the writer to the end of its commit")
                .register(registry);
    }

    /** Counts a batch that was stored without being mirrored. */
    public void countFallback() {
        fallbacks.increment();
    }

    /** Counts a batch that timed out waiting for a lock. */
    public void countLockWait() {
        lockWaits.increment();
    }

    /** Counts messages left to the worker because another transaction locked the rows they need. */
    public void countHeld(int count) {
        held.increment(count);
    }

    /** Counts values that became null because they did not fit their column. */
    public void countMisfits(int count) {
        if (count > 0) {
            misfits.increment(count);
        }
    }

    /** Counts the redelivery of a known message. */
    public void countDuplicate() {
        duplicates.increment();
    }

    /** Counts a new message by the state it reached. */
    public void countMessage(String state) {
        messages.computeIfAbsent(
                        state,
                        name -> counter("bellhop.messages", "New messages, by the state they reached", "state", name))
                .increment();
    }

    /** Counts an attempt of the worker. */
    public void countAttempt(String outcome) {
        counter("bellhop.attempts", "Attempts of the worker, by outcome", "outcome", outcome)
                .increment();
    }

    /** Counts an attempt of a handler run. */
    public void countRun(String handler, String outcome) {
        counter("bellhop.handler.runs", "Attempts of handler runs, by outcome", "handler", handler, "outcome", outcome)
                .increment();
    }

    /** Counts a call of {@code getOrFetch} for an entity that was not mirrored or was only a stub. */
    public void countFetch(String outcome) {
        counter(
                        "bellhop.fetches",
                        "Calls of getOrFetch for an entity that was not mirrored or was only a stub, by outcome",
                        "outcome",
                        outcome)
                .increment();
    }

    /** Counts the items that a retention task has cleared. */
    public void countCleared(String duty, int count) {
        counter("bellhop.retention.cleared", "Items cleared by retention, by task", "duty", duty)
                .increment(count);
    }

    /** Counts a failure of a retention task. */
    public void countRetentionFailure(String duty) {
        counter("bellhop.retention.failed", "Retention failures, by task", "duty", duty)
                .increment();
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** Runs and times a transaction of the writer, and records its number of messages. */
    public void recordBatch(int messages, Runnable transaction) {
        batchTimes.record(transaction);
        batchSizes.record(messages);
    }

    /** Registers a gauge that reads its value from the supplier. Gauges with the same name need different tags. */
    public void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }
}
