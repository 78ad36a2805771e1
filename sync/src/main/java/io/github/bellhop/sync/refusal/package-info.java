/**
 * Counts the deliveries that the receiver refused, by reason and minute: in memory for metrics, and in
 * {@code bellhop_refusals} for diagnosis. Start at {@link io.github.bellhop.sync.refusal.Refusals}. Everything here is
 * safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.sync.refusal;

import org.jspecify.annotations.NullMarked;
