/**
 * Svix's service, in memory: applications, endpoints, messages and what became of them.
 * Start at {@link io.github.bellhop.simulator.svix.SvixService}; its parts are named after what they keep, and what
 * they refuse is a {@link io.github.bellhop.simulator.svix.SvixException}.
 * All of it is safe for concurrent use: one lock guards the state, and none is held while something is sent.
 */
@NullMarked
package io.github.bellhop.simulator.svix;

import org.jspecify.annotations.NullMarked;
