package io.github.bellhop.receiver;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.InvalidSettingException;
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
    private static final long LARGEST_BODY = 64L * 1024 * 1024;

    /** 1 MiB per body, 64 MiB in all, 10 and 12 seconds. */
    public static final ReceiverSettings DEFAULT = new ReceiverSettings(
            1024 * 1024,
            64L * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(10),
            InstantSource.system());

    /**
     * Checks the limits.
     *
     * @throws InvalidSettingException naming the first that is wrong
     */
    public ReceiverSettings {
        require(maxBodyBytes >= 1 && maxBodyBytes <= LARGEST_BODY, "bellhop.limits.body", "1B to 64MB");
        require(budgetBytes >= maxBodyBytes, "bellhop.limits.budget", "at least as much as bellhop.limits.body");
        require(!bodyTimeout.isZero() && !bodyTimeout.isNegative(), "bellhop.limits.body-timeout", "a time above zero");
        require(
                answerTimeout.compareTo(bodyTimeout) >= 0,
                "bellhop.limits.answer-timeout",
                "at least as long as bellhop.limits.body-timeout");
    }

    /** The usual settings with these limits, on this clock. */
    public static ReceiverSettings of(
            long maxBodyBytes, long budgetBytes, Duration bodyTimeout, Duration answerTimeout, InstantSource clock) {
        return new ReceiverSettings(
                (int) Math.min(maxBodyBytes, Integer.MAX_VALUE),
                budgetBytes,
                bodyTimeout,
                answerTimeout,
                DEFAULT.retryAfter,
                clock);
    }
}
