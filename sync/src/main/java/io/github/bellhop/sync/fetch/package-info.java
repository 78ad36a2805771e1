/**
 * Brings what is not mirrored yet from Clerk's Backend API into the mirror, one entity at a time.
 * Start at {@link io.github.bellhop.sync.fetch.Fetcher}.
 * Everything here may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.fetch;

import org.jspecify.annotations.NullMarked;
