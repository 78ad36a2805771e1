/**
 * Verifies with the Svix signature scheme that a delivery comes from Clerk, and signs messages in the same way.
 * Start at {@link io.github.bellhop.signature.SignatureVerifier} or {@link io.github.bellhop.signature.MessageSigner}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.signature;

import org.jspecify.annotations.NullMarked;
