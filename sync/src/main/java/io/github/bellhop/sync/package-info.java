/**
 * Keeps Clerk's messages, mirrors them into the app's tables, and retries what failed.
 * Start at {@link io.github.bellhop.sync.SyncEngine}; a receiver hands messages to its
 * {@link io.github.bellhop.sync.inbox.Intake}.
 * The engine is safe for concurrent use; the records are immutable.
 */
@NullMarked
package io.github.bellhop.sync;

import org.jspecify.annotations.NullMarked;
