/**
 * One pretend Clerk instance: what is in it, how it changes, and the event that tells of each change.
 * Start at {@link io.github.bellhop.simulator.clerk.ClerkInstance}; each kind of entity is a
 * {@link io.github.bellhop.simulator.clerk.Resource}, and events leave by the sink of the instance's
 * {@link io.github.bellhop.simulator.clerk.ClerkSettings}.
 * An instance may be used by many threads at once: changes happen one after the other, and so do their events.
 */
@NullMarked
package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.NullMarked;
