/**
 * A simulated Clerk and Svix: when you change the simulated users and organizations, your endpoint receives the events.
 * Start at {@link io.github.bellhop.simulator.ClerkSimulator}, which is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator;

import org.jspecify.annotations.NullMarked;
