/**
 * Compares two builds of the simulator: the memory that its entities take, and the speed of the Backend API. Start at
 * {@link io.github.bellhop.benchmarks.simulator.SimulatorComparison}. Each turn runs in a separate JVM and on one thread.
 */
@NullMarked
package io.github.bellhop.benchmarks.simulator;

import org.jspecify.annotations.NullMarked;
