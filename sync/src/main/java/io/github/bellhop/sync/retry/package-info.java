/**
 * Retries messages that were stored without being mirrored, one per transaction, until they are mirrored or become dead
 * letters. Also replays messages, and lists and discards dead letters. Start at
 * {@link io.github.bellhop.sync.retry.Worker}. Several workers, even of several instances, may run on one PostgreSQL
 * database.
 */
@NullMarked
package io.github.bellhop.sync.retry;

import org.jspecify.annotations.NullMarked;
