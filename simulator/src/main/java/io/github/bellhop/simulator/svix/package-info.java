/**
 * An in-memory Svix service: applications, endpoints, messages and delivery attempts. Start at
 * {@link io.github.bellhop.simulator.svix.SvixService}. Its parts are named after what they contain, and its errors are
 * {@link io.github.bellhop.simulator.svix.SvixException}s. All types are safe for concurrent use: one lock guards the
 * state and is never held while sending.
 */
@NullMarked
package io.github.bellhop.simulator.svix;

import org.jspecify.annotations.NullMarked;
