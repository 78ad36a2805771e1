/**
 * Which handlers a message is for, and in which order each of them gets what is about one entity.
 * Start at {@link io.github.bellhop.sync.lane.Lanes}.
 * Everything here may be shared between threads; what changes is in the database.
 */
@NullMarked
package io.github.bellhop.sync.lane;

import org.jspecify.annotations.NullMarked;
