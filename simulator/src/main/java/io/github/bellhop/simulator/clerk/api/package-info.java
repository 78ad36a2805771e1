/**
 * Clerk's Backend API over a pretend instance: the same paths, shapes, pages and errors, for clients that know no better.
 * Start at {@link io.github.bellhop.simulator.clerk.api.ClerkBackendApi}; the routes read a request by {@code Call}.
 * Everything may be used by many threads at once.
 */
@NullMarked
package io.github.bellhop.simulator.clerk.api;

import org.jspecify.annotations.NullMarked;
