/**
 * What the engine counts and measures.
 *
 * <p>Begin with {@link io.github.bellhop.sync.metrics.SyncMetrics}. Thread-safe.
 */
@NullMarked
package io.github.bellhop.sync.metrics;

import org.jspecify.annotations.NullMarked;
