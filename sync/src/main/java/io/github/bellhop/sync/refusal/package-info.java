/**
 * What the receiver refused: counts by reason and minute, in memory for metrics and in {@code bellhop_refusals} for
 * whoever looks for what is wrong.
 * Start at {@link io.github.bellhop.sync.refusal.Refusals}.
 * All of it is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.sync.refusal;

import org.jspecify.annotations.NullMarked;
