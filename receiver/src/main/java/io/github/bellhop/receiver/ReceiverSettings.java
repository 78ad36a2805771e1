package io.github.bellhop.receiver;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.InvalidSettingException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The limits of the receiver.
 *
 * @param maxBodyBytes  the largest accepted body
 * @param budgetBytes   the number of body bytes of all deliveries that may be in flight or queued at once
 * @param bodyTimeout   the maximum time from the headers to the end of the body
 * @param answerTimeout the maximum time from the headers to the answer, including the body; Svix times out after 15
 *                      seconds
 * @param retryAfter    how long a refused sender should wait; whole seconds
 * @param clock         the source of the current time
 */
public record ReceiverSettings(
        int maxBodyBytes,
        long budgetBytes,
        Duration bodyTimeout,
        Duration answerTimeout,
        Duration retryAfter,
        InstantSource clock) {
    private static final long LARGEST_BODY = 64L * 1024 * 1024;

    /** The default limits: 1 MiB per body, 64 MiB in total, 10 seconds for the body and 12 seconds for the answer. */
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
     * @throws InvalidSettingException if a limit is invalid; the message names the first one
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

    /** Creates the default settings with the given limits and clock. */
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
