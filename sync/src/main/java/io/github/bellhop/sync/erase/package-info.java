/**
 * Erases a person: every row, payload and audit line by which the database knows anybody, but for ids.
 * Start at {@link io.github.bellhop.sync.erase.Eraser}; {@link io.github.bellhop.sync.erase.PersonalTables} tells where
 * people stand.
 * Several instances may erase at once; what one has done the other does not find.
 */
@NullMarked
package io.github.bellhop.sync.erase;

import org.jspecify.annotations.NullMarked;
