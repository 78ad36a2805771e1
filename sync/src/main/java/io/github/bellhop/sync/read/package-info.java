/**
 * Reads the tables: for the app's own code by what it looks for, and for people the newest rows of one, or an entity
 * with all that belongs to it.
 * Start at {@link io.github.bellhop.sync.read.ClerkUsers} and {@link io.github.bellhop.sync.read.ClerkOrganizations},
 * for people at {@link io.github.bellhop.sync.read.TableReader}.
 * These are safe for concurrent use; what they return is immutable.
 */
@NullMarked
package io.github.bellhop.sync.read;

import org.jspecify.annotations.NullMarked;
