/**
 * Clears what need not be kept any longer: one class per duty, each of which works in short transactions of its own.
 * Start at {@link io.github.bellhop.sync.retention.Retention}.
 * Several instances may run it at once on one database: what one has cleared the others do not find.
 */
@NullMarked
package io.github.bellhop.sync.retention;

import org.jspecify.annotations.NullMarked;
