/**
 * Delivers messages as Svix does for Clerk: signed, with its headers, one attempt at a time.
 * Start at {@link io.github.bellhop.simulator.delivery.EventSender}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.simulator.delivery;

import org.jspecify.annotations.NullMarked;
