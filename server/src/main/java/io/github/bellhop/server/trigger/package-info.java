/**
 * Sends the events of {@code bellhop trigger} and reports the answers.
 * Start at {@link io.github.bellhop.server.trigger.TriggerRun}.
 * A run is used by one thread; its report is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.server.trigger;

import org.jspecify.annotations.NullMarked;
