/**
 * Erases a person: every row, payload and audit line by which the database knows anybody, but for ids.
 * Start at {@link io.github.bellhop.sync.erase.Eraser}; where people stand, the tables of
 * {@link io.github.bellhop.sync.mirror.ClerkTables} declare.
 * Several instances may erase at once; what one has done the other does not find.
 */
@NullMarked
package io.github.bellhop.sync.erase;

import org.jspecify.annotations.NullMarked;
