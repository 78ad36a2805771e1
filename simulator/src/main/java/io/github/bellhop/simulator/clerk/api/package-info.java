/**
 * Clerk's Backend API for a simulated instance, with the same paths, shapes, pages and errors, so that ordinary clients
 * work with it. Start at {@link io.github.bellhop.simulator.clerk.api.ClerkBackendApi}; the routes read a request
 * through {@code Call}. All types are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.clerk.api;

import org.jspecify.annotations.NullMarked;
