/**
 * Parses verified messages: first the {@link io.github.bellhop.event.Envelope}, in one streaming pass, and then, on
 * request, the typed {@link io.github.bellhop.event.ClerkEvent}.
 * Start at {@link io.github.bellhop.event.EnvelopeReader} or {@link io.github.bellhop.event.EventParser}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.event;

import org.jspecify.annotations.NullMarked;
