/**
 * Load tests: a generator of signed deliveries for Bellhop and comparable programs, side by side on one machine. Start
 * at {@link io.github.bellhop.benchmarks.load.LoadRun}. All traffic stays on the loopback interface, and every run ends
 * on its own.
 */
@NullMarked
package io.github.bellhop.benchmarks.load;

import org.jspecify.annotations.NullMarked;
