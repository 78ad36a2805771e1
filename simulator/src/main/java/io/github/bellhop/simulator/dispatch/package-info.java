/**
 * When what is sent: a queue ordered by time on a given clock, lanes with a bound on what is in flight, and Svix's
 * schedule of retries. Start at {@link io.github.bellhop.simulator.dispatch.Dispatcher}, whose
 * {@code runDue()} does all the work; its thread only calls that.
 * Everything here is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.dispatch;

import org.jspecify.annotations.NullMarked;
