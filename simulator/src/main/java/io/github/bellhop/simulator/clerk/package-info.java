/**
 * A simulated Clerk instance: its content, its changes, and the event for each change. Start at
 * {@link io.github.bellhop.simulator.clerk.ClerkInstance}. Each kind of entity is a
 * {@link io.github.bellhop.simulator.clerk.Resource}, and {@link io.github.bellhop.simulator.clerk.EventTrigger} causes
 * single events. The sink in the instance's {@link io.github.bellhop.simulator.clerk.ClerkSettings} receives the
 * events. An instance is safe for concurrent use: changes and their events are serialized.
 */
@NullMarked
package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.NullMarked;
