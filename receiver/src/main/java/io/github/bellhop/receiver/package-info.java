/**
 * The HTTP endpoint: checks deliveries, submits their messages and answers them.
 * Start at {@link io.github.bellhop.receiver.WebhookServlet}, which decides the {@code Admission} from the headers; then
 * follow the {@code Delivery} to its {@code Outcome}, which the {@code PendingAnswer} sends once.
 * The servlet and its parts are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.receiver;

import org.jspecify.annotations.NullMarked;
