/**
 * Fetches single entities that are not yet mirrored. The source is Clerk's Backend API. Start at
 * {@link io.github.bellhop.sync.fetch.Fetcher}. Everything here may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.fetch;

import org.jspecify.annotations.NullMarked;
