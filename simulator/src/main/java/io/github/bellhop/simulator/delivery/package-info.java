/**
 * Delivers messages as Svix does for Clerk: signed, with Svix's headers, one attempt at a time. Start at
 * {@link io.github.bellhop.simulator.delivery.EventSender} for one endpoint, or at
 * {@link io.github.bellhop.simulator.delivery.SignedRequest} and the {@link io.github.bellhop.simulator.delivery.Wire}
 * that sends it. All types are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.delivery;

import org.jspecify.annotations.NullMarked;
