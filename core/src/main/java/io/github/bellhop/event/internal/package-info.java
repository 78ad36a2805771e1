/**
 * What the packages and modules of Bellhop share and nobody else needs.
 * Start at {@link io.github.bellhop.event.internal.Printable}.
 * Everything here is stateless; it may change at any time.
 */
@NullMarked
package io.github.bellhop.event.internal;

import org.jspecify.annotations.NullMarked;
