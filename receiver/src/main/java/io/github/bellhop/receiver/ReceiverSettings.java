package io.github.bellhop.receiver;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The limits of the receiver.
 *
 * @param maxBodyBytes  the largest body that is taken
 * @param budgetBytes   how many bytes of bodies may be in flight and queued at once, over all deliveries
 * @param bodyTimeout   how long after the headers a body may take to come
 * @param answerTimeout how long after the headers the answer may take, the body's time included; Svix gives up after
 *                      15 seconds
 * @param retryAfter    what a refused sender is told to wait; whole seconds
 * @param clock         what time it is
 */
public record ReceiverSettings(
        int maxBodyBytes,
        long budgetBytes,
        Duration bodyTimeout,
        Duration answerTimeout,
        Duration retryAfter,
        InstantSource clock) {
    /** 1 MiB per body, 64 MiB in all, 10 and 12 seconds. */
    public static final ReceiverSettings DEFAULT = new ReceiverSettings(
            1024 * 1024,
            64L * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(10),
            InstantSource.system());
}
