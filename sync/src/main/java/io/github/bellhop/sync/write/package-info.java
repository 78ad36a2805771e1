/**
 * Writes messages: a batch at a time, appended and mirrored in one transaction.
 * Start at {@link io.github.bellhop.sync.write.BatchWriter} for the batches, at
 * {@link io.github.bellhop.sync.write.MirrorWriter} for what one transaction does to the mirror.
 * The batch writer takes messages from any thread and writes on one of its own.
 */
@NullMarked
package io.github.bellhop.sync.write;

import org.jspecify.annotations.NullMarked;
