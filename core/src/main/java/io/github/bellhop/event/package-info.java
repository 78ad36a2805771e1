/**
 * What a verified message says: first its {@link io.github.bellhop.event.Envelope}, read in one streaming pass, then,
 * for those who want it, the typed {@link io.github.bellhop.event.ClerkEvent} of it.
 * Start at {@link io.github.bellhop.event.EnvelopeReader} or {@link io.github.bellhop.event.EventParser}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.event;

import org.jspecify.annotations.NullMarked;
