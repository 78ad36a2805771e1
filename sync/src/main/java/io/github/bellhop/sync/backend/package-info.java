/**
 * A minimal read-only client of Clerk's Backend API. It returns bodies unparsed, as the bytes received. Start at
 * {@link io.github.bellhop.sync.backend.BackendApi}. Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.backend;

import org.jspecify.annotations.NullMarked;
