/**
 * Asks Clerk's Backend API, in as few words as a mirror needs, and gives its answers as the bytes that came.
 * Start at {@link io.github.bellhop.sync.backend.BackendApi}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.backend;

import org.jspecify.annotations.NullMarked;
