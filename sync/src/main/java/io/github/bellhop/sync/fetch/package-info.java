/**
 * Fetches single entities from Clerk's Backend API and mirrors them. Start at
 * {@link io.github.bellhop.sync.fetch.Fetcher}. Everything here may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.fetch;

import org.jspecify.annotations.NullMarked;
