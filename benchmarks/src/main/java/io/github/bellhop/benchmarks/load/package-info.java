/**
 * Load runs: a generator of signed deliveries against Bellhop and its peers, side by side on one machine.
 * Start at {@link io.github.bellhop.benchmarks.load.LoadRun}.
 * All traffic goes to this machine's loopback and ends by itself.
 */
@NullMarked
package io.github.bellhop.benchmarks.load;

import org.jspecify.annotations.NullMarked;
