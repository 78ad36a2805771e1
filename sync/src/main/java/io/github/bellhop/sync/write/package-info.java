/**
 * Writes messages in batches: one transaction appends them to the inbox, mirrors them, and adds the handler runs. Start
 * at {@link io.github.bellhop.sync.write.BatchWriter} for the batches, at
 * {@link io.github.bellhop.sync.write.MirrorWriter} for the changes to the mirror, and at
 * {@link io.github.bellhop.sync.write.Lanes} for the order of handler runs. The batch writer accepts messages from any
 * thread and writes them on its own threads.
 */
@NullMarked
package io.github.bellhop.sync.write;

import org.jspecify.annotations.NullMarked;
