/**
 * Mends what failed: messages that were kept without being mirrored are tried again, one per transaction, until they
 * are mirrored or dead letters.
 * Start at {@link io.github.bellhop.sync.mend.Worker}.
 * Several workers, also of several instances, may run on one PostgreSQL.
 */
@NullMarked
package io.github.bellhop.sync.mend;

import org.jspecify.annotations.NullMarked;
