/**
 * Calls the app's own code for events. Each handler's writes are committed once, in the same transaction as the mark
 * that the run is done. Start at {@link io.github.bellhop.sync.handle.Handlers} to declare handlers, and at
 * {@link io.github.bellhop.sync.handle.HandlerWorker} to see how they are run. Several threads call handlers at once,
 * but only one at a time for the same handler and entity.
 */
@NullMarked
package io.github.bellhop.sync.handle;

import org.jspecify.annotations.NullMarked;
