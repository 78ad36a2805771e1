/**
 * What every part of Bellhop shares: the one call that verifies a delivery and the base of its exceptions.
 * Start at {@link io.github.bellhop.ClerkWebhooks}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop;

import org.jspecify.annotations.NullMarked;
