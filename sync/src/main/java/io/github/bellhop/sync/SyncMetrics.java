package io.github.bellhop.sync;

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
    private final Counter misfits;
    private final Counter duplicates;
    private final DistributionSummary batchSizes;
    private final Timer batchTimes;

    /** Metrics in the given registry. */
    public SyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        fallbacks = Counter.builder("bellhop.batch.fallback")
                .description("Batches that were kept without being mirrored, for the worker to mend")
                .register(registry);
        misfits = Counter.builder("bellhop.mirror.misfits")
                .description("Values that did not fit their column and became null")
                .register(registry);
        duplicates = Counter.builder("bellhop.messages.duplicate")
                .description("Deliveries of messages that were kept before")
                .register(registry);
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
        messages.computeIfAbsent(state, name -> registry.counter("bellhop.messages", "state", name))
                .increment();
    }

    /** An attempt of the worker ended. */
    public void countAttempt(String outcome) {
        registry.counter("bellhop.attempts", "outcome", outcome).increment();
    }

    /** An attempt of a handler ended. */
    public void countRun(String handler, String outcome) {
        registry.counter("bellhop.handler.runs", "handler", handler, "outcome", outcome)
                .increment();
    }

    /** Somebody asked for an entity that was not mirrored. */
    public void countFetch(String outcome) {
        registry.counter("bellhop.fetches", "outcome", outcome).increment();
    }

    /** A duty of the retention cleared something. */
    public void countCleared(String duty, int count) {
        registry.counter("bellhop.retention.cleared", "duty", duty).increment(count);
    }

    /** A duty of the retention failed. */
    public void countRetentionFailure(String duty) {
        registry.counter("bellhop.retention.failed", "duty", duty).increment();
    }

    /** A transaction of the writer was committed. */
    public void recordBatch(int messages, Runnable transaction) {
        batchTimes.record(transaction);
        batchSizes.record(messages);
    }

    /** Registers a number that is read when somebody asks. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
