/**
 * Verifies a delivery in one call, and contains the base class of Bellhop's exceptions.
 * Start at {@link io.github.bellhop.ClerkWebhooks}.
 * Everything here is immutable and may be shared between threads.
 *
 * <h2>A tour</h2>
 *
 * <p>This module needs no database. For tables that mirror Clerk, retries and handlers, use the package
 * {@code io.github.bellhop.sync}, or a Spring Boot starter, which does all of this for you.
 *
 * <p><b>1. Create a verifier at startup.</b> A malformed secret causes an error here. During a rotation, pass several
 * secrets, separated by commas. {@link io.github.bellhop.ClerkWebhooks#fromEnvironment()} reads
 * {@code CLERK_WEBHOOK_SIGNING_SECRET}. To set the clock or the tolerance, build a
 * {@link io.github.bellhop.signature.SignatureVerifier}.
 *
 * <pre>{@code
 * WebhookVerifier webhooks = ClerkWebhooks.withSecrets(secret);
 * }</pre>
 *
 * <p><b>2. Verify each delivery</b> with its headers and the raw bytes of its body. The outcome is a
 * {@link io.github.bellhop.WebhookOutcome}: the event, or a refusal whose reason, hint and detail may be logged and
 * returned. All reasons are in {@link io.github.bellhop.signature.RejectionReason}.
 *
 * <pre>{@code
 * WebhookOutcome outcome = webhooks.verify(headers, body);
 * int status = outcome.fold(
 *         received -> {
 *             handle(received.event());
 *             return 204;
 *         },
 *         refused -> 400);
 * }</pre>
 *
 * <p><b>3. Handle the event.</b> Each event type is a record in a family such as
 * {@link io.github.bellhop.event.UserEvent}. A type that this version does not know is an
 * {@link io.github.bellhop.event.UnknownEvent}. {@link io.github.bellhop.event.ClerkEvent#meta()} contains the message
 * id, which identifies redeliveries.
 *
 * <pre>{@code
 * if (event instanceof UserEvent.Created created) {
 *     welcome(created.data().id());
 * } else if (event instanceof UserEvent.Deleted deleted) {
 *     forget(deleted.userId());
 * }
 * }</pre>
 */
@NullMarked
package io.github.bellhop;

import org.jspecify.annotations.NullMarked;
