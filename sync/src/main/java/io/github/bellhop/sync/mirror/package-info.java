/**
 * Declares the mirror: every {@code clerk_*} table as data, the checks on a message, and the conversion of its payload
 * into rows. Start at {@link io.github.bellhop.sync.mirror.ClerkTables} for the tables, at
 * {@link io.github.bellhop.sync.mirror.Projector} for the conversion, and at
 * {@link io.github.bellhop.sync.mirror.PrivateData} for the private parts of a payload. Everything here is immutable,
 * does no I/O, and is safe to share between threads.
 */
@NullMarked
package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.NullMarked;
