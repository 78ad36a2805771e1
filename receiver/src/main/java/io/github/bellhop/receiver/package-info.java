/**
 * The HTTP edge: what a delivery must be before its message is taken, and what it is answered.
 * Start at {@link io.github.bellhop.receiver.WebhookServlet}, which judges the headers; then follow the {@code Delivery}:
 * its {@code BodyReader} collects the body, it proves and submits it, and its {@code PendingAnswer} is given once.
 * The servlet and its parts are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.receiver;

import org.jspecify.annotations.NullMarked;
