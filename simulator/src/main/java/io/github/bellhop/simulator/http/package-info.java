/**
 * The simulator's port: JSON APIs below their prefixes, for clients on this machine alone.
 * Start at {@link io.github.bellhop.simulator.http.ApiServer}; an API is an {@link io.github.bellhop.simulator.http.Api},
 * most easily a set of {@link io.github.bellhop.simulator.http.Routes}.
 * Requests and answers are immutable; APIs are called by several threads at once.
 */
@NullMarked
package io.github.bellhop.simulator.http;

import org.jspecify.annotations.NullMarked;
