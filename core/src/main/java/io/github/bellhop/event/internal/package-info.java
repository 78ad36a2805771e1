/**
 * Helpers that Bellhop's own packages and modules share; they are not part of the API.
 * Start at {@link io.github.bellhop.event.internal.Printable}.
 * Everything here is stateless; it may change at any time.
 */
@NullMarked
package io.github.bellhop.event.internal;

import org.jspecify.annotations.NullMarked;
