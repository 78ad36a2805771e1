/**
 * Svix's HTTP API over a {@link io.github.bellhop.simulator.svix.SvixService}, for Svix's own clients as they are.
 * Start at {@link io.github.bellhop.simulator.svix.api.SvixApi}; what comes in is read by {@code Call} and
 * {@code Body}, what goes out is made by {@code Shapes}.
 * Everything here is safe for concurrent use.
 *
 * @see <a href="https://api.svix.com/docs">Svix's API</a>
 */
@NullMarked
package io.github.bellhop.simulator.svix.api;

import org.jspecify.annotations.NullMarked;
