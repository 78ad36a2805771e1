/**
 * Reads the tables for people: the newest rows of one, or an entity with all that belongs to it.
 * Start at {@link io.github.bellhop.sync.read.TableReader}.
 * A reader is safe for concurrent use; what it returns is immutable.
 */
@NullMarked
package io.github.bellhop.sync.read;

import org.jspecify.annotations.NullMarked;
