/**
 * Benchmarks of Bellhop and comparable libraries on the same machine. Start at
 * {@link io.github.bellhop.benchmarks.Benchmarks}. Each benchmark runs on one thread in a separate JVM.
 */
@NullMarked
package io.github.bellhop.benchmarks;

import org.jspecify.annotations.NullMarked;
