/**
 * Deliberate faults between the dispatcher and the wire: lost, duplicate, late, out-of-order, damaged or wrongly signed
 * messages, and bursts. Start at {@link io.github.bellhop.simulator.chaos.ChaosSettings}; the results are in the
 * {@link io.github.bellhop.simulator.chaos.ChaosReport}. Settings and reports are immutable;
 * {@link io.github.bellhop.simulator.chaos.Chaos} is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.chaos;

import org.jspecify.annotations.NullMarked;
