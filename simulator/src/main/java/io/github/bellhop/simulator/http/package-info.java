/**
 * The simulator's HTTP server: JSON APIs under prefixes, for clients on this machine only. Start at
 * {@link io.github.bellhop.simulator.http.ApiServer}. An API is an {@link io.github.bellhop.simulator.http.Api},
 * usually built from {@link io.github.bellhop.simulator.http.Routes}. Requests and answers are immutable; APIs must be
 * safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.http;

import org.jspecify.annotations.NullMarked;
