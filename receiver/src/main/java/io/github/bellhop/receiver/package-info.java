/**
 * The HTTP edge: what a delivery must be before its message is taken, and what it is answered.
 * Start at {@link io.github.bellhop.receiver.WebhookServlet}; its steps are {@link io.github.bellhop.receiver.SourceGate},
 * the signature's headers, the {@code BodyReader} and the signature.
 * The servlet and its parts are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.receiver;

import org.jspecify.annotations.NullMarked;
