/**
 * Hands events to the app's own code, each once, in a transaction together with the mark that it is done.
 * Start at {@link io.github.bellhop.sync.handle.Handlers} to declare handlers, at
 * {@link io.github.bellhop.sync.handle.HandlerWorker} to see how one is run.
 * Handlers are called by several threads at once, but never by two for the same handler and entity.
 */
@NullMarked
package io.github.bellhop.sync.handle;

import org.jspecify.annotations.NullMarked;
