/**
 * Measures Bellhop beside others, on the machine it runs on.
 * Start at {@link io.github.bellhop.benchmarks.Benchmarks}.
 * Each measurement runs on one thread, in a virtual machine of its own.
 */
@NullMarked
package io.github.bellhop.benchmarks;

import org.jspecify.annotations.NullMarked;
