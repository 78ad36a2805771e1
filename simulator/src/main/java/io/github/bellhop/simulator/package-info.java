/**
 * A simulated Clerk and Svix: change its users and organizations, and your endpoint receives the events. Start at
 * {@link io.github.bellhop.simulator.ClerkSimulator}, which is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator;

import org.jspecify.annotations.NullMarked;
