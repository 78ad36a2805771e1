/**
 * A pretend Clerk and Svix in one: change its users and organizations, and your endpoint gets the events.
 * Start at {@link io.github.bellhop.simulator.ClerkSimulator}.
 * It may be used by several threads at once.
 */
@NullMarked
package io.github.bellhop.simulator;

import org.jspecify.annotations.NullMarked;
