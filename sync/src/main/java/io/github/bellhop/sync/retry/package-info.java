/**
 * Retries what failed: messages that were stored without being mirrored are retried, one per transaction, until they
 * are mirrored or dead letters.
 * Start at {@link io.github.bellhop.sync.retry.Worker}.
 * Several workers, also of several instances, may run on one PostgreSQL.
 */
@NullMarked
package io.github.bellhop.sync.retry;

import org.jspecify.annotations.NullMarked;
