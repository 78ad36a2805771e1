/**
 * Svix's HTTP API for a {@link io.github.bellhop.simulator.svix.SvixService}, compatible with Svix's own clients. Start
 * at {@link io.github.bellhop.simulator.svix.api.SvixApi}. {@code Call} and {@code Body} read requests; {@code Shapes}
 * builds answers. All types are safe for concurrent use.
 *
 * @see <a href="https://api.svix.com/docs">Svix's API</a>
 */
@NullMarked
package io.github.bellhop.simulator.svix.api;

import org.jspecify.annotations.NullMarked;
