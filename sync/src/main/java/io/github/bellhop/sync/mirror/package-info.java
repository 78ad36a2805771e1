/**
 * What the mirror is: every {@code clerk_*} table declared as data, whether a message fits them, and how its payload
 * becomes rows by that declaration.
 * Start at {@link io.github.bellhop.sync.mirror.ClerkTables} for the tables, at
 * {@link io.github.bellhop.sync.mirror.Projector} for the way from payload to rows, at
 * {@link io.github.bellhop.sync.mirror.PrivateData} for what a payload shows to whom.
 * Everything here is immutable, does no I/O, and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.NullMarked;
