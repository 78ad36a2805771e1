/**
 * Writes messages: a batch at a time, appended and mirrored in one transaction, with the runs of the handlers that want
 * them.
 * Start at {@link io.github.bellhop.sync.write.BatchWriter} for the batches, at
 * {@link io.github.bellhop.sync.write.MirrorWriter} for what one transaction does to the mirror, at
 * {@link io.github.bellhop.sync.write.Lanes} for the order in which handlers get what is about one entity.
 * The batch writer takes messages from any thread and writes on one of its own.
 */
@NullMarked
package io.github.bellhop.sync.write;

import org.jspecify.annotations.NullMarked;
