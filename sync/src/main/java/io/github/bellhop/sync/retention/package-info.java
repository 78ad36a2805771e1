/**
 * Clears expired data. Each task works in its own short transactions. Start at
 * {@link io.github.bellhop.sync.retention.Retention}. Several instances may run on one database at once: each skips the
 * rows that the others have cleared.
 */
@NullMarked
package io.github.bellhop.sync.retention;

import org.jspecify.annotations.NullMarked;
