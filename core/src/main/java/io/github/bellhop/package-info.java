/**
 * The one call that verifies a delivery, and the base class of Bellhop's exceptions.
 * Start at {@link io.github.bellhop.ClerkWebhooks}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop;

import org.jspecify.annotations.NullMarked;
