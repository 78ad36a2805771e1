/**
 * What goes wrong on purpose between the dispatcher and the wire: messages lost, doubled, late, out of order, in
 * bursts, damaged or signed wrongly. Start at {@link io.github.bellhop.simulator.chaos.ChaosSettings}; what it came to
 * is in the {@link io.github.bellhop.simulator.chaos.ChaosReport}.
 * Settings and reports are immutable; {@link io.github.bellhop.simulator.chaos.Chaos} is safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.simulator.chaos;

import org.jspecify.annotations.NullMarked;
