package io.github.bellhop.simulator.svix;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the delivery of a message to an endpoint.
 *
 * @param subject     the message or the endpoint, whichever was asked about
 * @param status      where it stands
 * @param nextAttempt when it is tried again; null when it is not
 */
public record DeliveryOf<T>(
        T subject, AttemptStatus status, @Nullable Instant nextAttempt) {}
