/**
 * Scheduling: a queue of jobs ordered by due time, lanes that limit the jobs in flight, and Svix's retry schedule.
 * Start at {@link io.github.bellhop.simulator.dispatch.Dispatcher}: {@code runDue()} does all the work, and the thread
 * only calls it. All types are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.dispatch;

import org.jspecify.annotations.NullMarked;
