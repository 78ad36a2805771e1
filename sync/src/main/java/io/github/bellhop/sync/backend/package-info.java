/**
 * A minimal read-only client of Clerk's Backend API. It returns response bodies as received, without parsing them.
 * Start at {@link io.github.bellhop.sync.backend.BackendApi}. Everything here is immutable and may be shared between
 * threads.
 */
@NullMarked
package io.github.bellhop.sync.backend;

import org.jspecify.annotations.NullMarked;
