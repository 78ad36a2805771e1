/**
 * The engine's metrics.
 *
 * <p>Start at {@link io.github.bellhop.sync.metrics.SyncMetrics}. Thread-safe.
 */
@NullMarked
package io.github.bellhop.sync.metrics;

import org.jspecify.annotations.NullMarked;
